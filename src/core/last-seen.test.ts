import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { assertRefused } from '../../test/conformance/subject.ts'
import { onTree, principal, type TestDirectory } from '../../test/model/directory.ts'
import { NOON, sampleId } from '../../test/model/sample.ts'
import type { Scope } from './principal.ts'

const admin = principal(['admin'])
const ADA = sampleId(3)
const PASSWORD = 'correct horse battery staple'
const MINUTE_MS = 60_000
const after = (minutes: number) => new Date(Date.parse(NOON) + minutes * MINUTE_MS).toISOString()

/** Something is asked with a token of Ada's. */
const used = ({ store }: TestDirectory, tokenId: string, at: string) =>
  store.addUsage([{ userId: ADA, tokenId, requests: 1, limited: 0, day: at.slice(0, 10), lastUsedAt: at }])

async function issued({ directory }: TestDirectory, scope: Scope): Promise<string> {
  const draft = { name: 'program', userId: ADA, permissions: ['users:read'], scope, expiresAt: null } as const
  return (await directory.as(admin).issueToken(draft)).token.id
}

describe('when a user was last there', () => {
  onTree(
    'is the newest of signing in, asking in a session or with a token, and what others have written',
    async (tree) => {
      const { directory, wait } = tree
      const view = directory.as(admin)
      assert.equal(await view.lastSeen(ADA), null)
      await view.putSignIn(ADA, { permissions: ['users:read'], scope: 10, password: PASSWORD })
      assert.equal(await view.lastSeen(ADA), null)
      wait(MINUTE_MS)
      const { principal: session } = await directory.openSession({ identifier: 'user-3', password: PASSWORD })
      assert.equal(await view.lastSeen(ADA), after(1))
      await used(tree, session.tokenId, after(2))
      assert.equal(await view.lastSeen(ADA.toUpperCase()), after(2))
      const bearer = await issued(tree, 10)
      await used(tree, bearer, after(3))
      assert.equal(await view.lastSeen(ADA), after(3))
      await view.revokeToken(bearer)
      assert.equal(await view.lastSeen(ADA), after(3))
      await view.updateUser(ADA, { lastLoginAt: after(4) })
      assert.equal(await view.lastSeen(ADA), after(4))
      await view.deleteUser(ADA)
      assert.equal(await view.lastSeen(ADA), after(4))
    },
  )

  onTree('counts the session that a token has opened, before anything is asked in it', async ({ directory, wait }) => {
    const draft = { name: 'program', userId: ADA, permissions: ['users:read'], scope: 10, expiresAt: null } as const
    const { secret } = await directory.as(admin).issueToken(draft)
    wait(MINUTE_MS)
    await directory.openSession({ token: secret })
    assert.equal(await directory.as(admin).lastSeen(ADA), after(1))
  })

  onTree('makes no version of the user', async (tree) => {
    const view = tree.directory.as(admin)
    await view.putSignIn(ADA, { permissions: ['users:read'], scope: 10, password: PASSWORD })
    const { revision } = await view.user({ id: ADA })
    await tree.directory.openSession({ identifier: 'user-3', password: PASSWORD })
    assert.equal((await view.user({ id: ADA })).revision, revision)
  })

  onTree(
    'says of tokens to nobody who may read neither them nor activity, nor of those that see more',
    async (tree) => {
      const [small, wide] = [await issued(tree, 10), await issued(tree, 'all')]
      await tree.directory.as(admin).updateUser(ADA, { lastLoginAt: after(1) })
      await used(tree, small, after(2))
      await used(tree, wide, after(3))
      const { directory } = tree
      assert.equal(await directory.as(principal(['users:read'])).lastSeen(ADA), after(1))
      for (const permission of ['tokens:write', 'audit:read'] as const) {
        assert.equal(await directory.as(principal(['users:read', permission])).lastSeen(ADA), after(3))
        assert.equal(await directory.as(principal(['users:read', permission], 10)).lastSeen(ADA), after(2))
        await assertRefused(directory.as(principal(['users:read', permission], 20)).lastSeen(ADA), {
          code: 'not_found',
        })
        await assertRefused(directory.as(principal([permission])).lastSeen(ADA), { code: 'forbidden' })
      }
      await assertRefused(directory.as(admin).lastSeen(sampleId(77)), { code: 'not_found' })
    },
  )
})
