import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { assertRefused } from '../../test/conformance/subject.ts'
import { happensBefore, onTree, principal, type TestDirectory } from '../../test/model/directory.ts'
import { sampleId } from '../../test/model/sample.ts'
import type { SignInCredentials } from './directory.ts'
import { DirectoryError } from './error.ts'
import type { Permission, Principal, Scope } from './principal.ts'
import { hashToken, isTokenSecret } from './token.ts'

const admin = principal(['admin'])
const PASSWORD = 'correct horse battery staple'
const HOUR_MS = 3_600_000
const ADA: SignInCredentials = { identifier: 'user-3', password: PASSWORD }

/** Lets user 3 sign in. */
async function letIn(
  { directory }: TestDirectory,
  permissions: readonly Permission[] = ['users:read'],
  scope: Scope = 10,
) {
  await directory.as(admin).putSignIn(sampleId(3), { permissions, scope, password: PASSWORD })
}

const unlet = { code: 'unauthenticated', reason: 'bad_token' } as const

describe('a session opened with a password', () => {
  onTree('makes the user the principal that the right to sign in says, for twelve hours', async (tree) => {
    const { directory, store, wait } = tree
    await letIn(tree)
    const { secret, principal: opened, expiresAt } = await directory.openSession(ADA, 'Firefox')
    assert.ok(isTokenSecret(secret))
    assert.equal(expiresAt, '2026-11-23T00:00:00.000Z')
    const [right] = await store.tokens({ use: 'sign-in' })
    assert.deepEqual(opened, {
      tokenId: opened.tokenId,
      parentId: right?.id,
      userId: sampleId(3),
      customerId: 10,
      permissions: new Set(['users:read']),
      scope: 10,
      expiresAt,
    })
    assert.deepEqual(await directory.principal({ session: secret }), opened)
    const session = await store.token({ hash: hashToken(secret) })
    assert.deepEqual([session?.use, session?.name], ['session', 'Firefox'])
    wait(12 * HOUR_MS - 1)
    await directory.principal({ session: secret })
    wait(1)
    await assertRefused(directory.principal({ session: secret }), { code: 'unauthenticated', reason: 'expired_token' })
  })

  onTree('is let in by identifier in any letter case, or by e-mail address', async (tree) => {
    await letIn(tree)
    for (const identifier of ['user-3', 'USER-3', 'p3@example.com', 'P3@Example.com']) {
      const { principal: opened } = await tree.directory.openSession({ identifier, password: PASSWORD })
      assert.equal(opened.userId, sampleId(3))
    }
  })

  onTree('is refused in one sentence, whatever is wrong', async (tree) => {
    const { directory, wait } = tree
    await letIn(tree)
    const view = directory.as(admin)
    // A password alone is no right to sign in.
    await view.updateUser(sampleId(4), {}, { password: PASSWORD })
    await view.putSignIn(sampleId(5), { permissions: [], scope: 11 })
    const messages = new Set<string>()
    const refuse = async (credentials: SignInCredentials) => {
      await assert.rejects(directory.openSession(credentials), (error) => {
        assert.ok(error instanceof DirectoryError && error.code === 'unauthenticated', JSON.stringify(credentials))
        messages.add(error.message)
        return true
      })
    }
    for (const password of [`${PASSWORD} `, '', 'x', 'a\0b', '\ud800', 'x'.repeat(10_000)]) {
      await refuse({ identifier: 'user-3', password })
    }
    for (const identifier of ['user-4', 'user-5', 'user-6', 'nobody', '', '\0', '\ud800', 'p4@example.com']) {
      await refuse({ identifier, password: PASSWORD })
    }
    for (const status of ['suspended', 'locked', 'inactive', 'deleted'] as const) {
      await view.updateUser(sampleId(3), { status })
      await refuse(ADA)
    }
    await view.restoreUser(sampleId(3))
    await refuse(ADA)
    await view.updateUser(sampleId(3), { status: 'active' })
    await letIn(tree)
    await view.updateUser(sampleId(3), { status: 'active', expiresAt: '2026-11-22T12:00:01.000Z' })
    wait(1000)
    await refuse(ADA)
    const { token, secret } = await view.issueToken({
      name: 'x',
      userId: sampleId(3),
      permissions: [],
      scope: 10,
      expiresAt: null,
    })
    await refuse({ token: secret })
    await view.updateUser(sampleId(3), { expiresAt: null })
    const { secret: session } = await directory.openSession(ADA)
    await view.revokeToken(token.id)
    for (const one of [secret, session, 'rc_', '', `${secret}x`]) await refuse({ token: one })
    assert.equal(messages.size, 1)
  })

  onTree('ends with the right to sign in, and when that changes', async (tree) => {
    const { directory } = tree
    const view = directory.as(admin)
    const ends: readonly (() => Promise<unknown>)[] = [
      () => view.removeSignIn(sampleId(3)),
      () => view.putSignIn(sampleId(3), { permissions: ['users:read'], scope: 11 }),
      () => view.putSignIn(sampleId(3), { permissions: [], scope: 10 }),
      () => view.putSignIn(sampleId(3), { permissions: ['users:read'], scope: 10, password: 'another password' }),
      () => view.updateUser(sampleId(3), {}, { password: 'another password' }),
      () => view.replaceUser(sampleId(3), { identifier: 'user-3' }, { password: null }),
    ]
    for (const end of ends) {
      await letIn(tree)
      const { secret } = await directory.openSession(ADA)
      await directory.principal({ session: secret })
      await end()
      await assertRefused(directory.principal({ session: secret }), {
        code: 'unauthenticated',
        reason: 'revoked_token',
      })
    }
  })

  onTree('is not opened by a password that is changed at that very moment', async (tree) => {
    await letIn(tree)
    let isFirst = true
    const between = happensBefore(tree, async () => {
      if (!isFirst) return
      isFirst = false
      await tree.directory.as(admin).updateUser(sampleId(3), {}, { password: 'another password' })
    })
    await assertRefused(between.openSession(ADA), unlet)
    const sessions = await tree.store.tokens({ use: 'session' })
    assert.ok(sessions.every(({ revokedAt }) => revokedAt !== null))
  })

  onTree('goes on while nothing of it changes', async (tree) => {
    await letIn(tree)
    const { secret } = await tree.directory.openSession(ADA)
    await tree.directory.as(admin).putSignIn(sampleId(3), { permissions: ['users:read', 'users:read'], scope: 10 })
    await tree.directory.as(admin).updateUser(sampleId(3), { role: 'x' })
    await tree.directory.principal({ session: secret })
  })

  onTree('is refused while its user may not act', async (tree) => {
    await letIn(tree)
    const { secret } = await tree.directory.openSession(ADA)
    const view = tree.directory.as(admin)
    for (const status of ['suspended', 'locked', 'inactive'] as const) {
      await view.updateUser(sampleId(3), { status })
      await assertRefused(tree.directory.principal({ session: secret }), unlet)
    }
    await view.updateUser(sampleId(3), { status: 'active' })
    await tree.directory.principal({ session: secret })
  })

  onTree('notes when its user signed in last', async (tree) => {
    await letIn(tree)
    const view = tree.directory.as(admin)
    assert.equal((await view.signIn(sampleId(3))).lastUsedAt, null)
    tree.wait(1000)
    await tree.directory.openSession(ADA)
    assert.equal((await view.signIn(sampleId(3))).lastUsedAt, '2026-11-22T12:00:01.000Z')
  })

  onTree('cannot be kept from somebody by giving another user their address for an identifier', async (tree) => {
    await letIn(tree)
    await tree.directory
      .as(admin)
      .createUser({ identifier: 'p3@example.com', customerId: 1 }, { password: 'of another' })
    const { principal: opened } = await tree.directory.openSession({ identifier: 'p3@example.com', password: PASSWORD })
    assert.equal(opened.userId, sampleId(3))
  })

  onTree('cannot be kept from somebody by who signs in and takes their address for an identifier', async (tree) => {
    await letIn(tree)
    const password = 'of somebody else'
    const view = tree.directory.as(admin)
    const { id } = await view.createUser({ identifier: 'p3@example.com', customerId: 1 })
    await view.putSignIn(id, { permissions: [], scope: 1, password })
    const userOf = async (credentials: SignInCredentials) => {
      return (await tree.directory.openSession(credentials)).principal.userId
    }
    assert.equal(await userOf({ identifier: 'p3@example.com', password: PASSWORD }), sampleId(3))
    assert.equal(await userOf({ identifier: 'p3@example.com', password }), id)
    await assertRefused(tree.directory.openSession({ identifier: 'p3@example.com', password: 'of nobody' }), unlet)
  })
})

describe('a session opened with a token', () => {
  const draft = { name: 'laptop', userId: sampleId(3), permissions: ['users:read'], scope: 11 } as const

  onTree('may what the token may, and ends with it', async ({ directory }) => {
    const { token, secret } = await directory.as(admin).issueToken({ ...draft, expiresAt: null })
    const opened = await directory.openSession({ token: secret })
    const { userId, scope, permissions } = await directory.principal({ session: opened.secret })
    assert.deepEqual([userId, scope, permissions], [sampleId(3), 11, new Set(['users:read'])])
    await directory.as(admin).revokeToken(token.id)
    await assertRefused(directory.principal({ session: opened.secret }), {
      code: 'unauthenticated',
      reason: 'revoked_token',
    })
  })

  onTree('lasts no longer than the token', async ({ directory, wait }) => {
    const end = '2026-11-22T13:00:00.000Z'
    const { secret } = await directory.as(admin).issueToken({ ...draft, expiresAt: end })
    const opened = await directory.openSession({ token: secret })
    assert.deepEqual([opened.expiresAt, opened.principal.expiresAt], [end, end])
    wait(HOUR_MS)
    await assertRefused(directory.principal({ session: opened.secret }), { code: 'unauthenticated' })
    await assertRefused(directory.openSession({ token: secret }), unlet)
  })
})

describe('a credential', () => {
  onTree('is good in its own place only', async (tree) => {
    const { directory, store } = tree
    await letIn(tree, ['admin'], 'all')
    const view = directory.as(admin)
    const bearer = await view.issueToken({
      name: 'x',
      userId: sampleId(3),
      permissions: [],
      scope: 'all',
      expiresAt: null,
    })
    const session = await directory.openSession(ADA)
    const link = await view.issueSetUpLink()
    const [right] = await store.tokens({ use: 'sign-in' })
    await directory.principal({ secret: bearer.secret })
    await directory.principal({ tokenId: bearer.token.id })
    await directory.principal({ session: session.secret })
    for (const credential of [
      { session: bearer.secret },
      { secret: session.secret },
      { tokenId: session.principal.tokenId },
      { tokenId: right?.id ?? '' },
      { secret: link.secret },
      { session: link.secret },
      { secret: `none ${right?.id ?? ''}` },
    ]) {
      await assertRefused(directory.principal(credential), unlet)
    }
    for (const token of [session.secret, link.secret]) await assertRefused(directory.openSession({ token }), unlet)
  })
})

describe('sessions', () => {
  onTree('are listed to their own user while they go on', async (tree) => {
    const { directory } = tree
    await letIn(tree)
    const [one, other] = [await directory.openSession(ADA, 'one'), await directory.openSession(ADA, 'other')]
    const own = directory.as(one.principal)
    const names = async () => (await own.sessions()).map(({ name }) => name)
    assert.deepEqual(await names(), ['one', 'other'])
    assert.deepEqual(await directory.as(admin).sessions(), [])
    assert.deepEqual(await directory.as(principal(['admin'], 'all', sampleId(4))).sessions(), [])
    await directory.as(other.principal).endOwnSession()
    assert.deepEqual(await names(), ['one'])
    tree.wait(12 * HOUR_MS)
    assert.deepEqual(await names(), [])
  })

  onTree('of a right that has been taken are listed no more', async (tree) => {
    await letIn(tree)
    const { principal: opened } = await tree.directory.openSession(ADA)
    await tree.directory.as(admin).removeSignIn(sampleId(3))
    assert.deepEqual(await tree.directory.as(opened).sessions(), [])
  })

  onTree('are ended by their own user, and by whoever may revoke them as tokens', async (tree) => {
    const { directory } = tree
    await letIn(tree)
    const open = () => directory.openSession(ADA)
    const enders = [
      async () => directory.as((await open()).principal),
      () => Promise.resolve(directory.as(principal(['tokens:write'], 10, sampleId(4)))),
      () => Promise.resolve(directory.as(admin)),
    ]
    for (const ender of enders) {
      const { secret, principal: opened } = await open()
      await (await ender()).endSession(opened.tokenId)
      await assertRefused(directory.principal({ session: secret }), {
        code: 'unauthenticated',
        reason: 'revoked_token',
      })
      await (await ender()).endSession(opened.tokenId)
    }
  })

  onTree('that may or see more do not exist for another token of their user', async (tree) => {
    const { directory } = tree
    const rights: readonly (readonly [readonly Permission[], Scope])[] = [
      [['admin'], 'all'],
      [['users:read'], 1],
      [['users:read', 'users:write'], 11],
    ]
    for (const [permissions, scope] of rights) {
      await letIn(tree, permissions, scope)
      const { secret, principal: opened } = await directory.openSession(ADA)
      const another = directory.as(principal(['users:read'], 10, sampleId(3)))
      assert.deepEqual(await another.sessions(), [])
      await assertRefused(another.endSession(opened.tokenId), { code: 'not_found', reason: 'subject' })
      await directory.principal({ session: secret })
      const same = directory.as(principal(permissions, scope, sampleId(3)))
      assert.equal((await same.sessions()).length, 1)
      await same.endSession(opened.tokenId)
      await assertRefused(directory.principal({ session: secret }), { code: 'unauthenticated' })
    }
  })

  onTree('are seen by their siblings as far as those may no more', async (tree) => {
    const { directory } = tree
    await letIn(tree, ['users:read', 'users:write'], 10)
    const { secret } = await directory
      .as(admin)
      .issueToken({ name: 'x', userId: sampleId(3), permissions: ['users:read'], scope: 11, expiresAt: null })
    const [large, small] = [
      await directory.openSession(ADA, 'large'),
      await directory.openSession({ token: secret }, 'small'),
    ]
    const names = async (of: Principal) => (await directory.as(of).sessions()).map(({ name }) => name)
    assert.deepEqual(await names(large.principal), ['large', 'small'])
    assert.deepEqual(await names(small.principal), ['small'])
    await directory.as(small.principal).endOwnSession()
    assert.deepEqual(await names(large.principal), ['large'])
  })

  onTree('do not exist for anybody else', async (tree) => {
    const { directory } = tree
    await letIn(tree)
    const { secret, principal: opened } = await directory.openSession(ADA)
    const { token } = await directory
      .as(admin)
      .issueToken({ name: 'x', userId: sampleId(4), permissions: [], scope: 10, expiresAt: null })
    const refused = { code: 'not_found', reason: 'subject' } as const
    for (const caller of [
      principal(['users:read', 'users:write'], 'all', sampleId(4)),
      principal(['tokens:write'], 11, sampleId(4)),
      principal(['tokens:write'], 20, sampleId(8)),
    ]) {
      await assertRefused(directory.as(caller).endSession(opened.tokenId), refused)
      // Other tokens are no sessions.
      await assertRefused(directory.as(caller).endSession(token.id), refused)
    }
    await assertRefused(directory.as(admin).endSession(token.id), refused)
    await directory.principal({ session: secret })
  })

  onTree(
    'are kept as long as there is activity of theirs, and forgotten when their user signs in after that',
    async (tree) => {
      const { directory, store, wait } = tree
      await letIn(tree)
      const { principal: opened } = await directory.openSession(ADA)
      const used = { userId: sampleId(3), tokenId: opened.tokenId, requests: 5, limited: 0 }
      await store.addUsage([{ ...used, day: '2026-11-22', lastUsedAt: '2026-11-22T12:00:00.000Z' }])
      wait(90 * 24 * HOUR_MS)
      await directory.openSession(ADA)
      const { tokens } = await directory.as(admin).activity('2026-11-22')
      assert.deepEqual(
        tokens.map(({ token: { id }, requests: [first] }) => [id, first]),
        [[opened.tokenId, 5]],
      )
      wait(3 * 24 * HOUR_MS)
      await directory.openSession(ADA)
      assert.equal((await store.tokens({ use: 'session' })).length, 2)
    },
  )

  onTree('are not ended by a caller who asks with another token', async (tree) => {
    const { directory } = tree
    const { secret } = await directory
      .as(admin)
      .issueToken({ name: 'x', userId: sampleId(3), permissions: [], scope: 10, expiresAt: null })
    await directory.as(await directory.principal({ secret })).endOwnSession()
    await directory.principal({ secret })
  })
})
