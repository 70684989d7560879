import fc from 'fast-check'
import type { Change } from '../../src/core/store.ts'
import type { NewUser } from '../../src/core/user.ts'
import { forest, newCustomer, sampleId } from '../model/sample.ts'
import { CUSTOMER_IDS, parents } from './directory.ts'
import { users } from './user.ts'

/** Two directories that a caller of one scope must not be able to tell apart. */
export interface Pair {
  readonly scope: number
  /** Whether the caller knows who wrote what. */
  readonly metadata: boolean
  /** Everybody in either of them. */
  readonly users: readonly NewUser[]
  /** What fills the one and the other. */
  readonly one: readonly Change[]
  readonly other: readonly Change[]
}

type Where = 'both' | 'one' | 'other'

/**
 * Users within the scope are in both, the others in one or both, and customers outside it stand elsewhere under other
 * codes. A caller without metadata cannot tell either who wrote a user; one with it is told the names of authors, so
 * these are in both.
 */
export const pair: fc.Arbitrary<Pair> = fc
  .record({
    parents,
    drawn: users(CUSTOMER_IDS, 14, 2),
    scopeAt: fc.nat({ max: 6 }),
    metadata: fc.boolean(),
    where: fc.array(fc.constantFrom<Where[]>('both', 'one', 'other'), { minLength: 14, maxLength: 14 }),
  })
  .map(({ parents, drawn, scopeAt, metadata, where }) => {
    const ids = [...parents.keys()]
    const scope = ids[scopeAt % ids.length] ?? 1
    const tree = forest(Object.fromEntries(parents))
    const users = drawn.map((user, n) => {
      const customerId = parents.has(user.customerId) ? user.customerId : (ids[n % ids.length] ?? 1)
      return { ...user, customerId, number: n + 1 }
    })
    const isInside = ({ customerId }: NewUser) => tree.isWithin(customerId, scope)
    const authors = new Set(users.filter(isInside).flatMap(({ createdBy, updatedBy }) => [createdBy, updatedBy]))
    const isIn = (user: NewUser, n: number, world: Where) =>
      isInside(user) || (metadata && authors.has(user.id)) || where[n] === 'both' || where[n] === world
    const rewritten = (user: NewUser) =>
      metadata || !isInside(user) ? user : { ...user, createdBy: user.updatedBy, updatedBy: sampleId(1) }
    const written = (user: NewUser): Change => ({ kind: 'user', user, expected: null })
    return {
      scope,
      metadata,
      users,
      one: [
        ...[...parents].map(([id, parent]) => newCustomer(id, parent)),
        ...users.filter((user, n) => isIn(user, n, 'one')).map(written),
      ],
      other: [
        ...[...parents].map(([id, parent]) =>
          tree.isWithin(id, scope)
            ? newCustomer(id, id === scope ? null : parent)
            : newCustomer(id, null, `other ${id}`),
        ),
        ...users.filter((user, n) => isIn(user, n, 'other')).map((user) => written(rewritten(user))),
      ],
    }
  })
