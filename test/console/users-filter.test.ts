import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  filterText,
  groupOf,
  type Condition,
  type Filter,
  type FilterValue,
} from '../../console/src/pages/users/filter/filter.ts'
import { withAt } from '../../console/src/pages/users/filter/filter-path.ts'
import { filterFrom, FilterFault } from '../../console/src/pages/users/filter/filter-text.ts'
import { filterWords } from '../../console/src/pages/users/filter/filter-words.ts'
import { parseScimFilter, type ScimFilter } from '../../src/dialects/scim-filter.ts'
import { runs } from '../arbitrary/runs.ts'
import { storableText } from '../arbitrary/text.ts'

const field = fc.constantFrom(
  'fullName',
  'status',
  'customerId',
  'createdAt',
  'tags.team',
  'attributes.desk-1',
  'phones',
)
const value: fc.Arbitrary<FilterValue> = fc.oneof(
  storableText,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
  fc.boolean(),
  fc.constant(null),
)
const op = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le')
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('compare'), field, op, value }, { noNullPrototype: true }),
  fc.record(
    { kind: fc.constant('in'), field, values: fc.array(value, { minLength: 1, maxLength: 4 }) },
    { noNullPrototype: true },
  ),
  fc.record({ kind: fc.constant('present'), field }, { noNullPrototype: true }),
)
const { filter } = fc.letrec<{ filter: Filter; group: Filter; negation: Filter }>((tie) => ({
  filter: fc.oneof({ maxDepth: 4, withCrossShrink: true }, condition, tie('group'), tie('negation')),
  group: fc.record(
    {
      kind: fc.constantFrom('and', 'or'),
      of: fc.array(tie('filter'), { minLength: 2, maxLength: 4 }),
    },
    { noNullPrototype: true },
  ),
  negation: fc.record({ kind: fc.constant('not'), of: tie('filter') }, { noNullPrototype: true }),
}))

describe('The filter of the users page', () => {
  it('is the same after it was written as text and read back', () => {
    fc.assert(
      fc.property(filter, (one) => assert.deepEqual(filterFrom(filterText(one)), one)),
      runs(500),
    )
  })

  it('means to the server what the chips show', () => {
    fc.assert(
      fc.property(filter, (one) => {
        assert.deepEqual(fromServer(parseScimFilter(filterText(one), { in: 'query', name: 'filter' })), one)
      }),
      runs(500),
    )
  })

  it('reads what people write, whatever the letter case and spacing', () => {
    const read = filterFrom(' STATUS Eq "active"AND not(EMAIL pr) or lastLoginAt LT "2026-01-01T00:00:00Z" ')
    assert.deepEqual(read, {
      kind: 'or',
      of: [
        {
          kind: 'and',
          of: [
            { kind: 'compare', field: 'status', op: 'eq', value: 'active' },
            { kind: 'not', of: { kind: 'present', field: 'email' } },
          ],
        },
        { kind: 'compare', field: 'lastLoginAt', op: 'lt', value: '2026-01-01T00:00:00Z' },
      ],
    })
    assert.equal(filterFrom('  '), undefined)
  })

  it('says what is wrong and where, and never fails otherwise', () => {
    const faults: readonly (readonly [string, RegExp, number])[] = [
      ['surname eq "x"', /no field surname/, 0],
      ['email is "x"', /Expected eq/, 6],
      ['email eq "x', /no closing quote/, 9],
      ['email eq "x" email pr', /Expected and/, 13],
      ['(email pr', /Expected and, or, or \)/, 9],
      ['email in "x"', /Expected \(/, 9],
      ['tags eq "x"', /no field tags/, 0],
    ]
    for (const [text, sentence, position] of faults) {
      assert.throws(
        () => filterFrom(text),
        (fault: unknown) => fault instanceof FilterFault && sentence.test(fault.message) && fault.position === position,
        text,
      )
    }
    const pieces = fc.constantFrom(
      '(',
      ')',
      'not',
      'and',
      'or',
      '"',
      '"a"',
      ',',
      'in',
      'eq',
      'email',
      ' ',
      '\\',
      '1',
      'pr',
    )
    fc.assert(
      fc.property(fc.array(pieces), (some) => {
        try {
          filterFrom(some.join(' '))
        } catch (error) {
          assert.ok(error instanceof FilterFault, String(error))
        }
      }),
      runs(500),
    )
  })

  it('is changed at one place, and a group that is left with one gives way to it', () => {
    const group = groupOf(filterFrom('email pr and (role eq "a" or not (role eq "b" or role eq "c"))'))
    const text = (path: readonly number[], next?: Condition) => filterText(withAt(group, path, next))
    assert.equal(text([0]), '(role eq "a" or not (role eq "b" or role eq "c"))')
    assert.equal(text([1, 0]), 'email pr and not (role eq "b" or role eq "c")')
    assert.equal(text([1, 1, 0]), 'email pr and (role eq "a" or not (role eq "c"))')
    assert.equal(
      text([1, 1, 0], { kind: 'present', field: 'group' }),
      'email pr and (role eq "a" or not (group pr or role eq "c"))',
    )
    assert.equal(text([1]), 'email pr')
  })

  it('is told in words', () => {
    const words = (text: string) => filterWords(groupOf(filterFrom(text)), undefined)
    assert.equal(
      words('status in ("active", "locked") and (familyName sw "Mü" or email eq null)'),
      'Status is active or locked and (Family name starts with Mü or E-mail has no value)',
    )
    assert.equal(words('createdAt lt "2026-01-01T00:00:00.000Z"'), 'Created is before 2026-01-01')
  })
})

function fromServer(filter: ScimFilter): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, of: filter.of.map(fromServer) }
    case 'not':
      return { kind: 'not', of: fromServer(filter.of) }
    case 'present':
      return { kind: 'present', field: filter.path.text }
    case 'in':
      return { kind: 'in', field: filter.path.text, values: filter.values.map((one) => one.value) }
    case 'compare':
      return { kind: 'compare', field: filter.path.text, op: filter.op, value: filter.value.value }
  }
}
