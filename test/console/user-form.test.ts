import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Json, User } from '@rollcall/sdk'
import { conflictLines, resolved } from '../../console/src/pages/user/profile/conflict.ts'
import { mergePatch } from '../../console/src/pages/user/profile/merge-patch.ts'
import { changesOf, textsOf } from '../../console/src/pages/user/profile/profile-texts.ts'
import type { User as CoreUser } from '../../src/core/user.ts'
import { mergedDraft } from '../../src/dialects/rollcall/draft.ts'
import { runs } from '../arbitrary/runs.ts'
import { entryName } from '../arbitrary/user.ts'
import { storableText } from '../arbitrary/text.ts'

const NOTHING = Object.fromEntries(
  [
    'displayName',
    'description',
    'language',
    'country',
    'timeZone',
    'externalId',
    'primaryIdentity',
    'statusReason',
    'message',
    'validFrom',
    'deviceId',
  ].map((name) => [name, null]),
)

const ADA = {
  ...NOTHING,
  id: '0194f0c0-0000-7000-8000-000000000001',
  customerId: 1,
  identifier: 'ada',
  givenName: 'Ada',
  familyName: null,
  fullName: 'Ada',
  email: null,
  phones: ['+1', '+2'],
  userType: 'user',
  permissions: [],
  status: 'active',
  role: 'Driver',
  group: 'North',
  tags: { team: 'red' },
  adminDevices: 3,
  expiresAt: '2026-01-01T10:00:00.000Z',
  attributes: { desk: { floor: 2, name: 'a' } },
} as unknown as User

const change = (texts: Readonly<Record<string, string>>) => changesOf(ADA, { ...textsOf(ADA), ...texts })
const mapOf = <T>(value: fc.Arbitrary<T>) =>
  fc.uniqueArray(fc.tuple(entryName, value), { maxLength: 4, selector: ([name]) => name }).map(Object.fromEntries<T>)
/** What a list or map of a user is after a merge patch of it was saved. */
const saved = (member: 'tags' | 'attributes', before: object, patch: unknown) =>
  mergedDraft({ [member]: patch }, { [member]: before } as unknown as CoreUser)[member]

describe('The form of a user', () => {
  it('changes nothing where nothing was typed', () => {
    assert.deepEqual(change({}), { patch: {}, names: [], faults: {} })
  })

  it('sends only what was changed, as the values the fields have', () => {
    const { patch, names, faults } = change({
      givenName: '  ',
      email: 'ada@example.com',
      phones: ' +3 \n\n+1',
      adminDevices: '12',
      expiresAt: '2026-02-01T00:00:00Z',
      tags: 'shift: night',
    })
    assert.deepEqual(faults, {})
    assert.deepEqual(names, ['givenName', 'email', 'phones', 'expiresAt', 'adminDevices', 'tags'])
    assert.deepEqual(patch, {
      givenName: null,
      email: 'ada@example.com',
      phones: ['+3', '+1'],
      adminDevices: 12,
      expiresAt: '2026-02-01T00:00:00.000Z',
      tags: { team: null, shift: 'night' },
    })
  })

  it('says what cannot be read, field by field', () => {
    const { faults } = change({ adminDevices: 'x', expiresAt: 'soon', tags: 'no colon', attributes: '[1]' })
    assert.deepEqual(Object.keys(faults).sort(), ['adminDevices', 'attributes', 'expiresAt', 'tags'])
    assert.match(change({ tags: 'a: 1\na: 2' }).faults['tags'] ?? '', /a stands there twice/)
  })

  it('writes any tags so that they are read back', () => {
    const tags = mapOf(storableText)
    fc.assert(
      fc.property(tags, tags, (before, after) => {
        const user = { ...ADA, tags: before }
        const { patch, faults } = changesOf(user, {
          ...textsOf(user),
          tags: textsOf({ ...ADA, tags: after })['tags'] ?? '',
        })
        assert.deepEqual(faults, {})
        assert.deepEqual(saved('tags', before, patch.tags ?? {}), after)
      }),
      { ...runs(300), examples: [[{}, { team: 'a\u2028b', 'x: y': ' z ' }]] },
    )
  })

  it('makes attributes what they were changed to, however deep', () => {
    const { attributes } = fc.letrec<{ attributes: Readonly<Record<string, Json>>; value: Json }>((tie) => ({
      attributes: mapOf(tie('value')),
      value: fc.oneof(
        { maxDepth: 3 },
        fc.oneof(storableText, fc.integer(), fc.boolean()),
        fc.array(fc.oneof(fc.integer(), fc.constant(null)), { maxLength: 2 }),
        tie('attributes'),
      ),
    }))
    fc.assert(
      fc.property(attributes, attributes, (before, after) => {
        assert.deepEqual(saved('attributes', before, mergePatch(before, after)), after)
      }),
      runs(300),
    )
    assert.throws(() => mergePatch({}, { a: null }), /a is null/)
  })
})

describe('A conflict', () => {
  const mine = { ...textsOf(ADA), role: 'Dispatcher', group: 'West' }
  const theirs = { ...ADA, group: 'South', givenName: 'Adele' } as User

  it('has a line per field in which the two came apart', () => {
    const lines = conflictLines(ADA, mine, theirs).map(({ field, usual, isBoth }) => [field.name, usual, isBoth])
    assert.deepEqual(lines, [
      ['givenName', 'theirs', false],
      ['role', 'mine', false],
      ['group', 'mine', true],
    ])
    assert.deepEqual(conflictLines(ADA, { ...mine, role: 'Driver', group: 'South', givenName: 'Adele' }, theirs), [])
  })

  it('sends what is kept of one’s own, as a change of what they saved', () => {
    const lines = conflictLines(ADA, mine, theirs)
    const usual = resolved(mine, theirs, lines, (line) => line.usual)
    assert.deepEqual(changesOf(theirs, usual).patch, { role: 'Dispatcher', group: 'West' })
    const all = resolved(mine, theirs, lines, () => 'mine')
    assert.deepEqual(changesOf(theirs, all).patch, { givenName: 'Ada', role: 'Dispatcher', group: 'West' })
    assert.deepEqual(
      changesOf(
        theirs,
        resolved(mine, theirs, lines, () => 'theirs'),
      ).patch,
      {},
    )
  })
})
