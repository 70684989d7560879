import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../../test/arbitrary/runs.ts'
import { DirectoryError } from '../../core/error.ts'
import { FIELDS, type FieldName } from '../../core/field.ts'
import { ANY, equal, LIVE, not, type Filter } from '../../core/filter.ts'
import { VALUE_LENGTH_MAX } from '../../core/limits.ts'
import type { Permission, Principal } from '../../core/principal.ts'
import { SCIM_OPERATORS } from '../scim-filter.ts'
import { parseFilter } from './filter.ts'

const SOURCE = { in: 'query', name: 'filter' } as const
const ID = '5ec2c050-7aa8-48b4-98d7-7c972dfabf6f'

function principal(...permissions: Permission[]): Principal {
  const whole = { tokenId: '', userId: null, customerId: 1, scope: 'all' as const, expiresAt: null }
  return { ...whole, permissions: new Set(permissions) }
}

const reader = principal('users:read')
const metadata = principal('users:read', 'users:read-metadata')

function refusal(text: string, who = reader): DirectoryError {
  try {
    parseFilter(text, who, SOURCE)
  } catch (error) {
    assert.ok(error instanceof DirectoryError, String(error))
    return error
  }
  throw new Error(`This was taken for a filter: ${text}`)
}

describe('A filter of /v1', () => {
  const questions: readonly (readonly [text: string, filter: Filter])[] = [
    ['status ne "deleted"', LIVE],
    ['STATUS EQ "active"', equal('status', 'active')],
    ['FAMILYNAME eq "Doe"', equal('familyName', 'Doe')],
    [`id eq "${ID.toUpperCase()}"`, equal('id', ID)],
    [
      'createdAt ge "2024-01-01T01:00:00+01:00"',
      { kind: 'compare', field: 'createdAt', op: 'ge', value: '2024-01-01T00:00:00.000Z' },
    ],
    [
      'createdAt ge "2024-01-01T00:00:00.0001Z"',
      { kind: 'compare', field: 'createdAt', op: 'ge', value: '2024-01-01T00:00:00.001Z' },
    ],
    [
      'createdAt le "2024-01-01T00:00:00.0001Z"',
      { kind: 'compare', field: 'createdAt', op: 'le', value: '2024-01-01T00:00:00.000Z' },
    ],
    ['createdAt eq "2024-01-01T00:00:00.0001Z"', { kind: 'in', field: 'createdAt', values: [] }],
    ['number lt 1e3', { kind: 'compare', field: 'number', op: 'lt', value: 1000 }],
    ['customerId in (1, 2)', { kind: 'in', field: 'customerId', values: [1, 2] }],
    ['email co "*"', { kind: 'text', field: 'email', parts: [ANY, '*', ANY] }],
    ['email sw "a"', { kind: 'text', field: 'email', parts: ['a', ANY] }],
    ['email ew "a"', { kind: 'text', field: 'email', parts: [ANY, 'a'] }],
    ['email co ""', { kind: 'present', field: 'email' }],
    ['email pr', { kind: 'present', field: 'email' }],
    ['email eq null', not({ kind: 'present', field: 'email' })],
    ['email ne null', { kind: 'present', field: 'email' }],
    ['tags.Team eq "x"', equal('tags.Team', 'x')],
    ['TAGS.Team eq "x"', equal('tags.Team', 'x')],
    ['attributes.level eq 3', equal('attributes.level', '3')],
    ['attributes.vip in (true, "yes")', { kind: 'in', field: 'attributes.vip', values: ['true', 'yes'] }],
    [
      'email pr and status eq "active"',
      { kind: 'all', of: [{ kind: 'present', field: 'email' }, equal('status', 'active')] },
    ],
    [
      'email pr or phones pr',
      {
        kind: 'any',
        of: [
          { kind: 'present', field: 'email' },
          { kind: 'present', field: 'phones' },
        ],
      },
    ],
    ['not (email pr)', not({ kind: 'present', field: 'email' })],
  ]
  for (const [text, filter] of questions) {
    it(`asks what it says: ${text}`, () => {
      assert.deepEqual(parseFilter(text, reader, SOURCE), filter)
    })
  }

  const faults: readonly (readonly [text: string, reason: string, position: number])[] = [
    ['surname eq "x"', 'unknown', 0],
    ['tags. eq "x"', 'unknown', 0],
    ['email.work eq "x"', 'unknown', 0],
    ['__proto__ pr', 'unknown', 0],
    ['status gt "active"', 'value', 7],
    ['status co "act"', 'value', 7],
    ['createdAt co "2024"', 'value', 10],
    ['number sw 1', 'value', 7],
    ['status eq "Active"', 'value', 10],
    ['status eq null and status in (null)', 'type', 30],
    ['number eq 1.5', 'type', 10],
    ['number eq 1e400', 'type', 10],
    ['tags.team eq 1e400', 'range', 13],
    ['attributes.n in (1, 9007199254740993)', 'range', 20],
    ['number eq "1"', 'type', 10],
    ['email eq true', 'type', 9],
    ['email gt null', 'type', 9],
    ['attributes.level gt 3', 'type', 20],
    ['createdAt eq "2024-02-30T00:00:00Z"', 'format', 13],
    ['createdAt eq 2024', 'format', 13],
    ['id eq "7"', 'format', 6],
    [`email eq "${'x'.repeat(VALUE_LENGTH_MAX + 1)}"`, 'range', 9],
  ]
  for (const [text, reason, position] of faults) {
    it(`says what is wrong, and where: ${text.slice(0, 60)}`, () => {
      const { code, where, ...error } = refusal(text)
      assert.deepEqual([code, error.reason, where.name, where.position], ['invalid', reason, 'filter', position])
    })
  }

  it('names the words a field can have, and the fields there are', () => {
    assert.ok(refusal('status eq "gone"').where.allowed?.includes('suspended'))
    assert.ok(refusal('surname pr').where.allowed?.includes('familyName'))
  })

  it('may ask about createdBy and updatedBy only where the caller reads them', () => {
    for (const text of ['createdBy pr', `status pr or not (updatedBy eq "${ID}")`]) {
      const { code, permission, where } = refusal(text)
      assert.deepEqual([code, permission, where.name], ['forbidden', 'users:read-metadata', 'filter'])
      assert.doesNotThrow(() => parseFilter(text, metadata, SOURCE))
      assert.doesNotThrow(() => parseFilter(text, principal('admin'), SOURCE))
    }
  })

  it('is a filter or a DirectoryError, whatever is compared with whatever', () => {
    const field = fc.constantFrom(...(Object.keys(FIELDS) as FieldName[]), 'tags.a', 'attributes.b', 'nobody')
    const value = fc.oneof(
      fc.json({ maxDepth: 0 }),
      fc.constantFrom(`"${ID}"`, '"2024-01-01T00:00:00Z"', '"active"', '7'),
    )
    fc.assert(
      fc.property(field, fc.constantFrom(...SCIM_OPERATORS), value, (field, op, value) => {
        try {
          parseFilter(`${field} ${op} ${value}`, metadata, SOURCE)
        } catch (error) {
          assert.ok(error instanceof DirectoryError && error.code === 'invalid', String(error))
          assert.equal(typeof error.where.position, 'number')
        }
      }),
      runs(500),
    )
  })
})
