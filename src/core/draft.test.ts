import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../test/arbitrary/runs.ts'
import { storableText } from '../../test/arbitrary/text.ts'
import { NOON, sampleId } from '../../test/model/sample.ts'
import { changedUser, readDraft, replacedUser, userFrom } from './draft.ts'
import { DirectoryError } from './error.ts'
import type { User, UserDraft } from './user.ts'

const LATER = '2026-11-23T12:00:00.000Z'
const birth = { id: sampleId(1), at: NOON, by: sampleId(9), customerId: 7 }

function user(draft: UserDraft = {}): User {
  return { ...userFrom({ identifier: 'ada', ...draft }, birth), number: 1, revision: 3 }
}

const change = (before: User, draft: UserDraft) => changedUser(before, draft, LATER, sampleId(8))
const replace = (before: User, draft: UserDraft) => replacedUser(before, draft, LATER, sampleId(8))

function refusal(work: () => unknown): DirectoryError {
  try {
    work()
  } catch (error) {
    if (error instanceof DirectoryError) return error
    throw error
  }
  return assert.fail('It was not refused.')
}

/** In an order that normalising has to mend. */
const MARKS = '\u0315\u0300'

describe('a new user', () => {
  it('has what its draft says, what it was born with, and defaults', () => {
    const made = userFrom({ identifier: 'ada', givenName: 'Ada', tags: { role: 'x' } }, birth)
    assert.equal(made.id, sampleId(1))
    assert.equal(made.customerId, 7)
    assert.equal(made.status, 'active')
    assert.equal(made.userType, 'user')
    assert.deepEqual(made.phones, [])
    assert.deepEqual(made.tags, { role: 'x' })
    assert.deepEqual([made.createdAt, made.updatedAt], [NOON, NOON])
    assert.deepEqual([made.createdBy, made.updatedBy], [sampleId(9), sampleId(9)])
  })

  it('is identified by its e-mail where the draft has no identifier, and refused without either', () => {
    assert.equal(userFrom({ email: 'Ada@Example.com' }, birth).identifier, 'Ada@Example.com')
    for (const draft of [{}, { givenName: 'Ada' }, { email: null }]) {
      assert.equal(refusal(() => userFrom(draft, birth)).reason, 'missing')
    }
    const long = `${'a'.repeat(300)}@example.com`
    assert.equal(refusal(() => userFrom({ email: long }, birth)).reason, 'range')
    assert.equal(userFrom({ email: long, identifier: 'ada' }, birth).email, long)
  })

  it('is named by its names, else its display name, else its identifier', () => {
    assert.equal(user({ givenName: 'Ada', familyName: 'Lovelace' }).fullName, 'Ada Lovelace')
    assert.equal(user({ familyName: 'Lovelace', displayName: 'Countess' }).fullName, 'Lovelace')
    assert.equal(user({ givenName: '', familyName: '', displayName: 'Countess' }).fullName, 'Countess')
    assert.equal(user({ displayName: '' }).fullName, 'ada')
    assert.equal(user({ givenName: 'Ada', fullName: 'Augusta' }).fullName, 'Augusta')
  })
})

describe('a draft', () => {
  it('is stored in NFC, and times in UTC', () => {
    const read = readDraft({
      familyName: 'Mu\u0308ller',
      tags: { 'e\u0301': 'e\u0301' },
      validFrom: '2026-11-22T13:00:00+01:00',
    })
    assert.deepEqual(read, { familyName: 'Müller', tags: { é: 'é' }, validFrom: NOON })
  })

  it('has letters with as many marks as anybody puts on them', () => {
    const zalgo = 'a\u0315\u0300'.concat(MARKS.repeat(100))
    assert.deepEqual(readDraft({ givenName: zalgo }), { givenName: zalgo.normalize('NFC') })
    // Four units that become one: what counts is the length that is stored.
    assert.deepEqual(readDraft({ country: 'ᾂ'.normalize('NFD').repeat(256) }), { country: 'ᾂ'.repeat(256) })
  })

  it('keeps entries whose names mean something to JavaScript', () => {
    const tags = Object.fromEntries([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
    assert.deepEqual(Object.entries(readDraft({ tags }).tags ?? {}), [
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
  })

  it('says nothing of members that are undefined', () => {
    assert.deepEqual(readDraft({ givenName: undefined, email: null }), { email: null })
  })

  it('is refused for the member that is wrong, by name, with what is allowed', () => {
    const wrong: readonly (readonly [string, unknown, string])[] = [
      ['identifier', '', 'range'],
      ['identifier', 'a'.repeat(257), 'range'],
      ['identifier', 7, 'type'],
      ['givenName', 'a\0b', 'text'],
      ['givenName', '\ud800', 'text'],
      ['givenName', 'a'.repeat(1_025), 'range'],
      ['givenName', MARKS.repeat(500), 'text'],
      // Normalised first, these would take an hour.
      ['givenName', MARKS.repeat(1_000_000), 'range'],
      ['attributes', { a: MARKS.repeat(1_000_000) }, 'range'],
      ['fullName', null, 'type'],
      ['email', 'nobody', 'format'],
      ['email', 'a b@example.com', 'format'],
      ['phones', 'x', 'type'],
      ['phones', Array.from({ length: 257 }, () => '1'), 'range'],
      ['phones', ['+1', ''], 'range'],
      ['language', 'en_US!', 'format'],
      ['timeZone', '../etc', 'format'],
      ['userType', 'root', 'value'],
      ['status', 'Active', 'value'],
      ['tags', ['x'], 'type'],
      ['tags', { role: 7 }, 'type'],
      ['tags', { '\ud800': 'x' }, 'text'],
      ['tags', { '': 'x' }, 'range'],
      // One name, twice.
      ['tags', { é: 'x', 'e\u0301': 'y' }, 'value'],
      ['adminDevices', 1.5, 'type'],
      ['adminDevices', -1, 'range'],
      ['validFrom', '2026-02-30T00:00:00Z', 'format'],
      ['validFrom', '2026-11-22T12:00:00', 'format'],
      ['validFrom', '2026-11-22', 'format'],
      ['picture', { id: 'x', name: 'x', mediaType: 'x', sizeBytes: -1 }, 'range'],
      ['primaryIdentity', 'me', 'format'],
      ['attributes', { a: [[[[[[[[1]]]]]]]] }, 'range'],
      ['attributes', { a: 'x'.repeat(16_384) }, 'range'],
      ['attributes', { a: { b: '\udfff' } }, 'text'],
      // Read from 9007199254740993, which a number cannot hold.
      ['attributes', { a: 9_007_199_254_740_992 }, 'range'],
      ['attributes', { a: [-1e300] }, 'range'],
      ['attributes', { a: Infinity }, 'range'],
      ['id', 'ABC', 'format'],
      ['number', 0, 'range'],
      ['shoeSize', 43, 'unknown'],
      ['__proto__', 1, 'unknown'],
      ['revision', 3, 'unknown'],
    ]
    for (const [field, value, reason] of wrong) {
      const error = refusal(() => readDraft(Object.fromEntries([[field, value]])))
      const said = `${field} = ${JSON.stringify(value).slice(0, 40)}`
      assert.equal(error.code, 'invalid', said)
      assert.equal(error.reason, reason, said)
      assert.ok(error.where.name === field || error.where.name?.startsWith(`${field}.`), said)
      assert.ok(error.where.allowed !== undefined, said)
    }
  })

  it('is not repeated at length where a name in it is wrong', () => {
    const error = refusal(() => readDraft({ ['\n'.concat('x'.repeat(100_000))]: 1 }))
    assert.ok(JSON.stringify([error.message, error.where.name]).length < 300)
    assert.match(error.where.name ?? '', /^\ufffdx+…$/)
  })

  it('is read the same a second time', () => {
    fc.assert(
      fc.property(storableText, storableText, (text, name) => {
        const draft = {
          description: text,
          tags: Object.fromEntries([[`n${name}`, text]]),
          attributes: { a: [text, { b: name }] },
        }
        assert.deepEqual(readDraft(readDraft(draft)), readDraft(draft))
      }),
      runs(200),
    )
  })
})

describe('a changed user', () => {
  it('has what the draft says over what it had, and says when and by whom', () => {
    const after = change(user({ givenName: 'Ada', role: 'poet' }), { role: 'programmer' })
    assert.equal(after?.givenName, 'Ada')
    assert.equal(after.role, 'programmer')
    assert.deepEqual([after.createdAt, after.updatedAt, after.updatedBy], [NOON, LATER, sampleId(8)])
    assert.ok(!('revision' in after))
  })

  it('is none where the draft changes nothing', () => {
    const before = user({ tags: { role: 'x' }, phones: ['1'], attributes: { a: [1, { b: null }] } })
    assert.equal(change(before, {}), undefined)
    assert.equal(change(before, { tags: { role: 'x' }, phones: ['1'], attributes: { a: [1, { b: null }] } }), undefined)
    assert.equal(change(before, { identifier: 'ada', email: undefined }), undefined)
  })

  it('keeps a full name that was made from the names in step with them, and one that was given', () => {
    assert.equal(change(user({ givenName: 'Ada' }), { familyName: 'Lovelace' })?.fullName, 'Ada Lovelace')
    assert.equal(change(user({ fullName: 'Countess' }), { familyName: 'Lovelace' })?.fullName, 'Countess')
    assert.equal(change(user(), { identifier: 'augusta' })?.fullName, 'augusta')
  })

  it('refuses to change what the directory keeps, and takes it where it is the same', () => {
    const before = user()
    for (const draft of [
      { id: sampleId(2) },
      { number: 2 },
      { createdAt: LATER },
      { createdBy: null },
      { updatedAt: LATER },
      { updatedBy: null },
    ]) {
      const error = refusal(() => change(before, draft))
      assert.equal(error.code, 'invalid')
      assert.equal(error.where.name, Object.keys(draft)[0])
      assert.equal(refusal(() => replace(before, { identifier: 'ada', ...draft })).code, 'invalid')
    }
    const { id, number, createdAt, createdBy, updatedAt, updatedBy } = before
    assert.equal(change(before, { id, number, createdAt, createdBy, updatedAt, updatedBy }), undefined)
  })
})

describe('a replaced user', () => {
  it('has only what the draft says, and keeps its id, number, birth and customer', () => {
    const before = user({ givenName: 'Ada', role: 'poet', tags: { a: 'b' }, status: 'suspended' })
    const after = replace(before, { identifier: 'augusta' })
    assert.deepEqual(after, {
      ...userFrom({ identifier: 'augusta' }, birth),
      number: 1,
      updatedAt: LATER,
      updatedBy: sampleId(8),
    })
  })

  it('is none where it is what it was', () => {
    assert.equal(replace(user({ givenName: 'Ada' }), { identifier: 'ada', givenName: 'Ada' }), undefined)
  })
})
