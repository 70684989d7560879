import fc from 'fast-check'
import { FIELDS, splitField, type Field, type FieldName } from '../../src/core/field.ts'
import { ANY, LIVE, type Filter, type TextPart, type Value } from '../../src/core/filter.ts'
import { keysOf } from '../../src/core/matches.ts'
import type { User } from '../../src/core/user.ts'
import { fragment, storableText } from './text.ts'
import { entryName, instant } from './user.ts'

/** Something that depends on who is in the directory: made up first, so that it shrinks, and filled in later. */
export type Given<T> = fc.Arbitrary<(users: readonly User[]) => T>

const NAMES = Object.keys(FIELDS) as FieldName[]

/** A field a filter can ask about; entries of maps among them. */
const field: fc.Arbitrary<Field> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: entryName.map((entry): Field => `tags.${entry}`) },
  { weight: 1, arbitrary: entryName.map((entry): Field => `attributes.${entry}`) },
)

const made: Record<string, fc.Arbitrary<Value>> = {
  id: fc.oneof(fc.uuid(), storableText),
  text: storableText,
  texts: storableText,
  map: storableText,
  word: fc.constantFrom('active', 'deleted', 'admin', 'user', 'Active', ''),
  integer: fc.oneof(fc.integer({ min: -2, max: 12 }), fc.constantFrom(2 ** 31, Number.MAX_SAFE_INTEGER, -(2 ** 40))),
  instant,
}

/** A value to compare a field with: mostly one that somebody has. */
function value(field: Field): Given<Value> {
  const { name, entry } = splitField(field)
  const kind = entry === null ? FIELDS[name].kind : 'texts'
  return fc
    .tuple(fc.nat({ max: 50 }), fc.nat({ max: 2 }), made[kind] ?? storableText)
    .map(([place, own, otherwise]) => (users) => {
      const keys = users.length === 0 || own === 0 ? [] : keysOf(field, users[place % users.length] as User)
      return keys[place % Math.max(keys.length, 1)] ?? otherwise
    })
}

/** A pattern: made up, or cut from what somebody has. */
function parts(field: Field): Given<readonly TextPart[]> {
  const part = fc.oneof(fc.constant<TextPart>(ANY), fragment)
  const made = fc.array(part, { maxLength: 4 }).map((parts) => () => parts)
  const cut = fc
    .tuple(value(field), fc.nat({ max: 6 }), fc.nat({ max: 6 }), fc.nat({ max: 7 }))
    .map(([value, from, length, ends]) => (users: readonly User[]): readonly TextPart[] => {
      const points = Array.from(String(value(users)))
      const start = ends === 0 ? 0 : from % (points.length + 1)
      const run = points.slice(start, ends === 0 ? undefined : start + length + 1).join('')
      const any: readonly TextPart[] = [ANY]
      return [...(ends & 1 ? any : []), run, ...(ends & 2 ? any : []), ...(ends === 7 ? [run, ...any] : [])]
    })
  return fc.oneof({ weight: 1, arbitrary: made }, { weight: 2, arbitrary: cut })
}

const constant = (filter: Filter) => fc.constant(() => filter)

const leaf: Given<Filter> = fc.oneof(
  {
    weight: 4,
    arbitrary: field.chain((field) =>
      fc
        .tuple(fc.constantFrom('eq', 'gt', 'ge', 'lt', 'le'), value(field))
        .map(([op, value]) => (users: readonly User[]): Filter => ({
          kind: 'compare',
          field,
          op,
          value: value(users),
        })),
    ),
  },
  {
    weight: 2,
    arbitrary: field.chain((field) =>
      fc.array(value(field), { maxLength: 4 }).map((values) => (users: readonly User[]): Filter => ({
        kind: 'in',
        field,
        values: values.map((one) => one(users)),
      })),
    ),
  },
  {
    weight: 5,
    arbitrary: field.chain((field) =>
      parts(field).map((parts) => (users: readonly User[]): Filter => ({ kind: 'text', field, parts: parts(users) })),
    ),
  },
  { weight: 1, arbitrary: field.map((field) => (): Filter => ({ kind: 'present', field })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(7, 1, 1234, 10, 2_147_483_648, 2, 99, 5)
      .map((customerId) => (): Filter => ({ kind: 'subtree', customerId })),
  },
  { weight: 1, arbitrary: constant(LIVE) },
)

type Made = (users: readonly User[]) => Filter

const { tree } = fc.letrec<{ tree: Made }>((tie) => {
  const several = fc.array(tie('tree'), { maxLength: 3 })
  const all = several.map((of): Made => (users) => ({ kind: 'all', of: of.map((one) => one(users)) }))
  const any = several.map((of): Made => (users) => ({ kind: 'any', of: of.map((one) => one(users)) }))
  const not = tie('tree').map((of): Made => (users) => ({ kind: 'not', of: of(users) }))
  return { tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, leaf, all, any, not) }
})

/** Any filter, of every kind and nested. */
export const filter: Given<Filter> = fc.oneof(
  { weight: 1, arbitrary: constant({ kind: 'all', of: [] }) },
  { weight: 4, arbitrary: tree },
)
