import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { UserDraft } from '../../core/user.ts'
import { rowDraft } from '../../dialects/rollcall/import/user-draft.ts'
import { mappingOf, type MappingChoice } from './mapping.ts'
import { openRows } from './rows.ts'

const SAMPLES = new URL('../../../test/import/', import.meta.url)

/** What a sample file is taken for, and its rows as drafts. */
async function read(name: string, choice: MappingChoice = {}) {
  const opened = await openRows(new URL(name, SAMPLES).pathname)
  const mapping = mappingOf(opened.names, choice)
  const rules = { kind: opened.kind, mapping, match: 'identifier', customer: Number, otherwiseCustomerId: 1 } as const
  const drafts: UserDraft[] = []
  for await (const row of opened.rows) {
    const read = rowDraft(row, rules)
    assert.ok('draft' in read, JSON.stringify(read))
    drafts.push(read.draft)
  }
  return { mapping, drafts, detected: `${mapping.source.name} ${mapping.known} of ${mapping.total}` }
}

describe('the columns of a file', () => {
  const detected: Readonly<Record<string, string>> = {
    'core.csv': 'rollcall 10 of 11',
    'google.csv': 'google 34 of 34',
    'entra.csv': 'entra 29 of 29',
    'entra-2020.csv': 'entra 26 of 26',
    'okta.csv': 'okta 34 of 34',
    'okta.jsonl': 'okta 14 of 15',
    'alvys.json': 'alvys 11 of 11',
    'nameshield.jsonl': 'nameshield 13 of 13',
    'd3lay.csv': 'd3lay 10 of 10',
    'devrev.jsonl': 'devrev 11 of 11',
    'plaspy.jsonl': 'plaspy 20 of 20',
  }
  for (const [name, expected] of Object.entries(detected)) {
    it(`of ${name} are known for what they are`, async () => {
      assert.equal((await read(name)).detected, expected)
    })
  }

  it('mean what Google Workspace means by them', async () => {
    const { drafts } = await read('google.csv')
    assert.deepEqual(drafts[0], {
      customerId: 1,
      givenName: 'Grace',
      familyName: 'Hopper',
      email: 'grace@navy.example',
      status: 'active',
      lastLoginAt: '2016-04-04T00:24:13.000Z',
      phones: ['+12025550102', '+12025550103'],
      role: 'Admiral',
      group: 'Compilers',
      attributes: {
        orgUnitPath: '/Research',
        recoveryPhone: '+12025550101',
        workAddress: '1 Pier, Dock 4',
        employeeId: 'E-1',
        employeeType: 'Employee',
        costCenter: 'CC-1',
        buildingId: 'HQ',
        floorName: '3',
        floorSection: 'A',
      },
    })
    assert.deepEqual([drafts[1]?.status, drafts[1]?.lastLoginAt], ['suspended', null])
    assert.deepEqual(drafts[2]?.givenName, '山田')
  })

  it('mean what Microsoft Entra means by them', async () => {
    const { drafts } = await read('entra.csv')
    assert.deepEqual(drafts[0]?.identifier, 'ada@contoso.example')
    assert.deepEqual(drafts[0].email, 'ada.lovelace@contoso.example')
    assert.deepEqual(drafts[0].externalId, '7cc0c81b-f2a2-489a-8243-eda96da4214d')
    assert.deepEqual(drafts[0].createdAt, '2021-08-19T13:25:31.000Z')
    assert.deepEqual(drafts[0].phones, ['+442079460101', '+442079460102'])
    assert.deepEqual([drafts[1]?.status, drafts[1]?.userType], ['inactive', 'client'])
    assert.deepEqual(drafts[1]?.createdAt, '2022-12-01T00:00:00.000Z')
  })

  it('mean what Okta means by them, in CSV and in JSON', async () => {
    const { drafts } = await read('okta.csv')
    assert.deepEqual(
      drafts.map(({ status }) => status),
      ['active', 'onboarding', 'locked', 'inactive'],
    )
    const [csv, json] = [drafts[0], (await read('okta.jsonl')).drafts[0]]
    for (const draft of [csv, json]) {
      assert.deepEqual(
        [draft?.identifier, draft?.givenName, draft?.familyName, draft?.email, draft?.createdAt],
        ['isaac@okta.example', 'Isaac', 'Brock', 'isaac.brock@okta.example', '2013-06-24T16:39:18.000Z'],
      )
    }
    assert.deepEqual(json?.phones, [])
    assert.deepEqual(json.externalId, '00ub0oNGTSWTBKOLGLNR')
  })

  it('mean what the five dialects mean by them', async () => {
    const first = async (name: string) => (await read(name)).drafts[0]
    const alvys = await first('alvys.json')
    assert.deepEqual(
      [alvys?.userType, alvys?.externalId, alvys?.permissions],
      ['user', 'us-1001', ['load:read', 'load:write']],
    )
    const nameshield = await first('nameshield.jsonl')
    assert.deepEqual(
      [nameshield?.createdBy, nameshield?.expiresAt],
      ['7a1506b9-9ce4-43f9-a6f0-e94ef4252270', '2050-12-24T23:00:00.000Z'],
    )
    const d3lay = await first('d3lay.csv')
    assert.deepEqual([d3lay?.id, d3lay?.userType], ['d4add56e-c345-4ac9-b392-7a890a605590', 'admin'])
    const devrev = await first('devrev.jsonl')
    assert.deepEqual([devrev?.status, devrev?.picture?.sizeBytes, devrev?.createdBy], ['onboarding', 20_480, undefined])
    const plaspy = await first('plaspy.jsonl')
    assert.deepEqual(
      [plaspy?.status, plaspy?.statusReason, plaspy?.tags],
      ['inactive', 'Payment overdue.', { role: 'admin' }],
    )
  })

  it('are listed where they mean nothing, and may be given a meaning', async () => {
    assert.deepEqual((await read('core.csv')).mapping.unknown, ['shoeSize'])
    const { mapping, drafts } = await read('core.csv', {
      map: new Map([
        ['shoeSize', 'attributes.shoeSize'],
        ['givenName', '-'],
      ]),
    })
    assert.deepEqual(mapping.unknown, [])
    assert.deepEqual([drafts[0]?.attributes, drafts[0]?.givenName], [{ desk: 'B7', shoeSize: '39' }, undefined])
  })

  it('do not count what an import itself has added to refused rows', () => {
    const { known, total, unknown } = mappingOf(['rollcall_line', 'rollcall_reason', 'identifier'])
    assert.deepEqual([known, total, unknown], [1, 1, []])
  })

  it('are recognised whatever their letter case and spaces, but rather in the source that spells them so', () => {
    assert.equal(mappingOf(['E-Mail', 'FIRST NAME', 'last_name']).source.name, 'okta')
    assert.equal(mappingOf(['firstname', 'lastname', 'email']).source.name, 'nameshield')
    assert.equal(mappingOf(['firstName', 'lastName', 'email']).source.name, 'okta')
  })

  it('can be said to be of another source', async () => {
    const { mapping, drafts } = await read('okta.csv', { format: 'plaspy', map: new Map([['login', 'identifier']]) })
    assert.equal(mapping.source.name, 'plaspy')
    assert.deepEqual(drafts[0]?.lastLoginAt, '2024-01-02T03:04:05.000Z')
  })

  it('are refused where none says who a user is, or none is known, or a choice is wrong', () => {
    assert.throws(() => mappingOf(['givenName', 'status']), /No column says who a user is/)
    assert.throws(() => mappingOf(['Schuhgröße', 'Farbe']), /None of the columns is known: Schuhgröße, Farbe/)
    assert.throws(
      () => mappingOf(['email'], { map: new Map([['mail', 'email']]) }),
      /"mail", which the file does not have/,
    )
    assert.throws(() => mappingOf(['email', 'x'], { map: new Map([['x', 'shoe']]) }), /"shoe", which is no field/)
  })
})
