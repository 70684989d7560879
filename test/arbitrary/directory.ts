import fc from 'fast-check'
import type { Change } from '../../src/core/store.ts'
import type { NewUser } from '../../src/core/user.ts'
import { newCustomer } from '../model/sample.ts'
import { longTexts, users } from './user.ts'

/** What a directory is filled with: customers by id with the one above each, parents first, and users. */
export interface Population {
  readonly parents: ReadonlyMap<number, number | null>
  readonly users: readonly NewUser[]
}

/** The ids customers have here, in the order they are given. */
export const CUSTOMER_IDS = [7, 1, 1234, 10, 2_147_483_648, 2, 99] as const

/** A forest of one to seven customers, whose ids are not in the order of the tree. */
export const parents: fc.Arbitrary<ReadonlyMap<number, number | null>> = fc
  .array(fc.option(fc.nat({ max: 6 }), { nil: null, freq: 4 }), { minLength: 1, maxLength: CUSTOMER_IDS.length })
  .map((above) => {
    const map = new Map<number, number | null>()
    for (const [index, parent] of above.entries()) {
      map.set(CUSTOMER_IDS[index] ?? 0, index === 0 || parent === null ? null : (CUSTOMER_IDS[parent % index] ?? null))
    }
    return map
  })

/** A directory of up to so many users. */
export function population(usersMax: number): fc.Arbitrary<Population> {
  // Users are drawn against all ids and fall on those that exist, so that both parts shrink apart.
  return fc.tuple(parents, users(CUSTOMER_IDS, usersMax)).map(([parents, users]) => {
    const ids = [...parents.keys()]
    return {
      parents,
      users: users.map((user) => ({
        ...user,
        customerId: parents.has(user.customerId) ? user.customerId : (ids[user.customerId % ids.length] ?? 1),
      })),
    }
  })
}

/** A directory of up to so many users, many of whom have texts too long for an index that begin alike. */
export function longWinded(usersMax: number): fc.Arbitrary<Population> {
  const texts = fc.array(longTexts, { minLength: 1, maxLength: 8, size: 'max' })
  return fc.tuple(population(usersMax), texts).map(([{ parents, users }, texts]) => ({
    parents,
    users: users.map((user, n) => ({ ...user, ...texts[n % texts.length] })),
  }))
}

/** The changes that fill an empty directory with a population. */
export function changesOf({ parents, users }: Population): readonly Change[] {
  return [
    ...[...parents].map(([id, parentId]) => newCustomer(id, parentId)),
    ...users.map((user): Change => ({ kind: 'user', user, expected: null })),
  ]
}
