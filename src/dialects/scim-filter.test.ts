import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../test/arbitrary/runs.ts'
import { storableText } from '../../test/arbitrary/text.ts'
import { DirectoryError } from '../core/error.ts'
import { FILTER_DEPTH_MAX, FILTER_NODES_MAX, FILTER_TEXT_MAX, FILTER_VALUES_MAX } from '../core/limits.ts'
import { parseScimFilter, SCIM_OPERATORS, type ScimFilter, type ScimValue } from './scim-filter.ts'

const SOURCE = { in: 'query', name: 'filter' } as const

/** A filter without the places of its pieces, so that one can be made up and compared. */
type Plain =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Plain[] }
  | { readonly kind: 'not'; readonly of: Plain }
  | { readonly kind: 'present'; readonly path: string }
  | { readonly kind: 'compare'; readonly path: string; readonly op: string; readonly value: ScimValue['value'] }
  | { readonly kind: 'in'; readonly path: string; readonly values: readonly ScimValue['value'][] }

function plain(filter: ScimFilter): Plain {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, of: filter.of.map(plain) }
    case 'not':
      return { kind: 'not', of: plain(filter.of) }
    case 'present':
      return { kind: 'present', path: filter.path.text }
    case 'compare':
      return { kind: 'compare', path: filter.path.text, op: filter.op, value: filter.value.value }
    case 'in':
      return { kind: 'in', path: filter.path.text, values: filter.values.map(({ value }) => value) }
  }
}

/** How a text is written where the grammar leaves a choice: spaces, letter case, parentheses nobody needs. */
interface Style {
  readonly space: string
  readonly upper: boolean
  readonly extra: boolean
}

function print(filter: Plain, style: Style): string {
  const word = (text: string) => (style.upper ? text.toUpperCase() : text)
  const { space } = style
  const group = (of: Plain) => `(${style.extra ? space : ''}${print(of, style)})`
  const joined = (kind: 'and' | 'or', of: readonly Plain[]) =>
    of
      .map((one) =>
        one.kind === 'or' || one.kind === kind || (style.extra && one.kind !== 'not') ? group(one) : print(one, style),
      )
      .join(`${space}${word(kind)}${space}`)
  const value = (one: ScimValue['value']) => (typeof one === 'string' ? JSON.stringify(one) : word(JSON.stringify(one)))
  switch (filter.kind) {
    case 'and':
    case 'or':
      return joined(filter.kind, filter.of)
    case 'not':
      return `${word('not')}${style.extra ? space : ''}${group(filter.of)}`
    case 'present':
      return `${filter.path}${space}${word('pr')}`
    case 'compare':
      return [filter.path, word(filter.op), value(filter.value)].join(space)
    case 'in':
      return `${filter.path}${space}${word('in')}${space}(${filter.values.map(value).join(style.extra ? `${space},` : ',')})`
  }
}

const path = fc.constantFrom(
  'userName',
  'name.givenName',
  'tags.größe',
  'and',
  'urn:ietf:params:scim:schemas:core:2.0:User:userName',
)
const value: fc.Arbitrary<ScimValue['value']> = fc.oneof(
  { weight: 4, arbitrary: storableText },
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
  fc.boolean(),
  fc.constant(null),
)
const PLAIN_OBJECT = { noNullPrototype: true } as const
const { filter } = fc.letrec<{ filter: Plain }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record(
      { kind: fc.constant('compare' as const), path, op: fc.constantFrom(...SCIM_OPERATORS), value },
      PLAIN_OBJECT,
    ),
    fc.record({ kind: fc.constant('present' as const), path }, PLAIN_OBJECT),
    fc.record(
      { kind: fc.constant('in' as const), path, values: fc.array(value, { minLength: 1, maxLength: 4 }) },
      PLAIN_OBJECT,
    ),
    fc.record({ kind: fc.constant('not' as const), of: tie('filter') }, PLAIN_OBJECT),
    fc.record(
      {
        kind: fc.constantFrom('and' as const, 'or' as const),
        of: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
      },
      PLAIN_OBJECT,
    ),
  ),
}))
const style: fc.Arbitrary<Style> = fc.record({
  space: fc.constantFrom(' ', '  ', '\t', ' \r\n '),
  upper: fc.boolean(),
  extra: fc.boolean(),
})

// Texts that are nearly filters get much further into the parser than noise does.
const nearly = fc
  .array(
    fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      ',',
      '"',
      '\\',
      ' ',
      'a',
      'not',
      'and',
      'or',
      'eq',
      'in',
      'pr',
      '"x"',
      '\\"',
      '-1',
      '01',
      'null',
      '\ud800',
      '\0',
      '\n',
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''))

function refusal(text: string): DirectoryError {
  try {
    parseScimFilter(text, SOURCE)
  } catch (error) {
    assert.ok(error instanceof DirectoryError, String(error))
    return error
  }
  throw new Error(`This was taken for a filter: ${text}`)
}

describe('The SCIM filter grammar', () => {
  it('reads back every filter that is written in it, whatever the spaces, letter case and parentheses', () => {
    fc.assert(
      fc.property(filter, style, (filter, style) => {
        assert.deepEqual(plain(parseScimFilter(print(filter, style), SOURCE)), filter)
      }),
      runs(500),
    )
  })

  it('binds not tighter than and, and and tighter than or', () => {
    const text = 'a pr or not (b pr) and c pr or d pr'
    const is = (path: string): Plain => ({ kind: 'present', path })
    const both: Plain = { kind: 'and', of: [{ kind: 'not', of: is('b') }, is('c')] }
    assert.deepEqual(plain(parseScimFilter(text, SOURCE)), { kind: 'or', of: [is('a'), both, is('d')] })
  })

  it('says where each piece stands', () => {
    assert.deepEqual(parseScimFilter('  a eq "x"', SOURCE), {
      kind: 'compare',
      path: { text: 'a', at: 2 },
      op: 'eq',
      opAt: 4,
      value: { value: 'x', at: 7 },
    })
  })

  it('needs no spaces where parentheses and quotes part the words', () => {
    assert.deepEqual(
      plain(parseScimFilter('(a eq"x")and(b in("y",1))', SOURCE)),
      plain(parseScimFilter('( a eq "x" ) and ( b in ( "y" , 1 ) )', SOURCE)),
    )
  })

  const faults: readonly (readonly [text: string, position: number])[] = [
    ['', 0],
    ['   ', 3],
    ['userName', 8],
    ['userName eq', 11],
    ['userName is "x"', 9],
    ['userName eq x', 12],
    ['userName eq 01', 12],
    ['userName eq "x', 12],
    ['userName eq "\\x"', 12],
    ['userName eq "a\nb"', 12],
    ['userName eq "\\ud800"', 12],
    ['userName eq "\\u0000"', 12],
    ['userName eq "x" userName eq "y"', 16],
    ['userName eq "x" and', 19],
    ['userName eq "x")', 15],
    ['(userName eq "x"', 16],
    ['not userName pr', 4],
    ['userName in "x"', 12],
    ['userName in ()', 13],
    ['userName in ("x" "y")', 17],
    ['userName in ("x",', 17],
    ['emails[type eq "work"]', 6],
    ['"userName" pr', 0],
    ['and', 3],
  ]
  for (const [text, position] of faults) {
    it(`refuses ${JSON.stringify(text)} at ${position}`, () => {
      const { code, where } = refusal(text)
      assert.deepEqual([code, where.in, where.name, where.position], ['invalid', 'query', 'filter', position])
    })
  }

  it('throws nothing but DirectoryError, whatever the text', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      nearly,
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
    )
    fc.assert(
      fc.property(any, (text) => {
        try {
          parseScimFilter(text, SOURCE)
        } catch (error) {
          assert.ok(error instanceof DirectoryError, String(error))
          assert.equal(error.code, 'invalid')
          const { position = 0 } = error.where
          assert.ok(position >= 0 && position <= text.length)
        }
      }),
      runs(400),
    )
  })

  it('is held to its limits, and says so', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}a pr${')'.repeat(depth)}`
    const chained = (nodes: number) => Array(nodes).fill('a pr').join(' or ')
    const listed = (values: number) => `a in (${Array(values).fill(1).join(',')})`
    for (const [written, most] of [
      [nested, FILTER_DEPTH_MAX],
      [chained, FILTER_NODES_MAX],
      [listed, FILTER_VALUES_MAX],
    ] as const) {
      assert.doesNotThrow(() => parseScimFilter(written(most), SOURCE))
      assert.equal(refusal(written(most + 1)).reason, 'range')
    }
    const long = (length: number) => `a eq "${'x'.repeat(length - 7)}"`
    assert.doesNotThrow(() => parseScimFilter(long(FILTER_TEXT_MAX), SOURCE))
    assert.equal(refusal(long(FILTER_TEXT_MAX + 1)).reason, 'range')
  })
})
