import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { newCustomer, newUser, nextVersion, sampleId, write, writeUser } from '../model/sample.ts'
import { assertRefused, onStore, type Open } from './subject.ts'

/** Identifier and e-mail are unique among live users, on their folded keys. */
export function uniqueness(open: Open): void {
  const it = onStore(open)
  describe('uniqueness', () => {
    for (const field of ['identifier', 'email'] as const) {
      const taken = { code: 'conflict', reason: 'taken', name: field } as const

      it(`of ${field} is on the folded key`, async (store) => {
        await write(store, newCustomer(1), newUser(1, { [field]: 'Müller@Straße' }))
        for (const same of ['Müller@Straße', 'muller@strasse', 'MU\u0308LLER@STRASSE']) {
          await assertRefused(write(store, newUser(2, { [field]: same })), taken)
        }
        await write(store, newUser(2, { [field]: 'Mueller@Strasse' }))
      })

      it(`of ${field} holds for changes too, but not against oneself`, async (store) => {
        const [ada, bob] = await write(
          store,
          newCustomer(1),
          newUser(1, { [field]: 'ada' }),
          newUser(2, { [field]: 'bob' }),
        )
        assert.ok(ada && bob)
        await assertRefused(write(store, nextVersion(bob, { [field]: 'ADA' })), taken)
        assert.equal((await writeUser(store, nextVersion(ada, { [field]: 'ÀDA' })))[field], 'ÀDA')
      })

      it(`of ${field} leaves deleted users out, and is asked for again when they come back`, async (store) => {
        const [ada] = await write(store, newCustomer(1), newUser(1, { [field]: 'ada' }))
        assert.ok(ada)
        const deleted = await writeUser(store, nextVersion(ada, { status: 'deleted' }))
        const [heir] = await write(store, newUser(2, { [field]: 'Ada' }))
        await write(store, newUser(3, { [field]: 'ADA', status: 'deleted' }))
        await assertRefused(write(store, nextVersion(deleted, { status: 'active' })), taken)
        assert.deepEqual(await store.user({ [field]: 'ada' } as { identifier: string }), heir)
        await write(store, nextVersion(deleted, { status: 'active', [field]: 'ada 2' }))
      })

      it(`of ${field} holds within one commit`, async (store) => {
        await assertRefused(
          write(store, newCustomer(1), newUser(1, { [field]: 'ada' }), newUser(2, { [field]: 'Ada' })),
          { ...taken, position: 2 },
        )
        assert.equal(await store.user({ id: sampleId(1) }), undefined)
      })

      it(`of ${field} lets a value change hands within one commit`, async (store) => {
        const [ada] = await write(store, newCustomer(1), newUser(1, { [field]: 'ada' }))
        assert.ok(ada)
        await write(store, nextVersion(ada, { [field]: 'augusta' }), newUser(2, { [field]: 'ada' }))
        assert.equal((await store.user({ [field]: 'ada' } as { identifier: string }))?.id, sampleId(2))
      })
    }

    it('does not hold for absent e-mails, nor for any other field', async (store) => {
      const same = { givenName: 'A', fullName: 'A', externalId: 'x', phones: ['1'], deviceId: 'd', displayName: 'A' }
      await write(store, newCustomer(1), newUser(1, same), newUser(2, same))
    })

    it('of an external id is not asked for; the first user with it is the one found', async (store) => {
      const [first] = await write(
        store,
        newCustomer(1),
        newUser(5, { externalId: 'x' }),
        newUser(1, { externalId: 'X' }),
      )
      assert.deepEqual(await store.user({ externalId: 'x' }), first)
    })
  })
}
