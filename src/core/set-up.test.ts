import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe } from 'node:test'
import { assertRefused } from '../../test/conformance/subject.ts'
import { happensBefore, onTree, principal } from '../../test/model/directory.ts'
import { NOON, sampleId } from '../../test/model/sample.ts'
import { PERMISSIONS } from './principal.ts'
import type { UserDraft } from './user.ts'
import { createDirectory } from './view.ts'

const admin = principal(['admin'])
const PASSWORD = 'correct horse battery staple'
const HALF_AN_HOUR_MS = 30 * 60_000

const draft = (secret: string, identifier = 'ada', more: UserDraft = {}) => ({
  secret,
  user: { ...more, identifier },
  password: PASSWORD,
})
const refused = { code: 'unauthenticated', reason: 'bad_token' } as const

describe('a set-up link', () => {
  onTree('makes an administrator of everything who signs in, and opens a session', async ({ directory }) => {
    assert.equal(await directory.isSetUp(), false)
    const { secret, expiresAt } = await directory.as(admin).issueSetUpLink()
    assert.equal(expiresAt, '2026-11-22T12:30:00.000Z')
    const opened = await directory.setUp(
      draft(secret, 'ada', { givenName: 'Ada', email: 'ada@example.com' }),
      'Firefox',
    )
    const { user, token } = await directory.as(await directory.principal({ session: opened.secret })).me()
    assert.deepEqual(
      [user.identifier, user.givenName, user.email, user.userType, user.customerId],
      ['ada', 'Ada', 'ada@example.com', 'admin', 1],
    )
    assert.deepEqual([token.use, token.permissions, token.scope, token.name], ['session', ['admin'], 'all', 'Firefox'])
    assert.equal(await directory.isSetUp(), true)
    await directory.openSession({ identifier: 'ada', password: PASSWORD })
  })

  onTree('works once, also for those who use it at the same time, and makes nothing for the others', async (tree) => {
    const { directory, store } = tree
    const { secret } = await directory.as(admin).issueSetUpLink()
    const before = await store.revision()
    const tries = await Promise.allSettled([
      directory.setUp(draft(secret, 'one')),
      directory.setUp(draft(secret, 'two')),
      directory.setUp(draft(secret, 'three')),
    ])
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1)
    assert.equal(await store.revision(), before + 1)
    const names = await Promise.all(['one', 'two', 'three'].map((identifier) => store.user({ identifier })))
    assert.equal(names.filter((user) => user !== undefined).length, 1)
    assert.deepEqual(
      [(await store.tokens({ use: 'sign-in' })).length, (await store.tokens({ use: 'session' })).length],
      [1, 1],
    )
    await assertRefused(directory.setUp(draft(secret)), refused)
  })

  onTree('makes nobody where another is quicker between two looks at it', async (tree) => {
    const { directory, store } = tree
    const { secret } = await directory.as(admin).issueSetUpLink()
    let isFirst = true
    const between = happensBefore(tree, async () => {
      if (!isFirst) return
      isFirst = false
      await directory.setUp(draft(secret, 'quick'))
    })
    await assertRefused(between.setUp(draft(secret, 'slow')), refused)
    assert.equal(await store.user({ identifier: 'slow' }), undefined)
    assert.equal((await store.tokens({ use: 'sign-in' })).length, 1)
  })

  onTree('ends after half an hour', async ({ directory, store, wait }) => {
    const { secret } = await directory.as(admin).issueSetUpLink()
    wait(HALF_AN_HOUR_MS)
    await assertRefused(directory.setUp(draft(secret)), refused)
    assert.equal(await store.user({ identifier: 'ada' }), undefined)
  })

  onTree('ends when another is issued, in the same commit', async ({ directory, store }) => {
    const view = directory.as(admin)
    const [first, second] = [await view.issueSetUpLink(), await view.issueSetUpLink()]
    const before = await store.revision()
    const { secret } = await view.issueSetUpLink()
    assert.equal(await store.revision(), before + 1)
    for (const earlier of [first, second]) await assertRefused(directory.setUp(draft(earlier.secret)), refused)
    await directory.setUp(draft(secret))
  })

  onTree('ends also where two are issued at the same moment', async (tree) => {
    const { directory, store } = tree
    await directory.as(admin).issueSetUpLink()
    let isFirst = true
    const between = happensBefore(tree, async () => {
      if (!isFirst) return
      isFirst = false
      await directory.as(admin).issueSetUpLink()
    })
    await between.as(admin).issueSetUpLink()
    const links = await store.tokens({ use: 'setup' })
    assert.deepEqual([links.length, links.filter(({ revokedAt }) => revokedAt === null).length], [3, 1])
  })

  // Whatever is read before somebody else uses the link, and what after: both want the same name, or one each.
  for (const other of ['ada', 'eve']) {
    for (let step = 1; step <= 12; step++) {
      onTree(`works once where ${other} is made at step ${step} of making ada`, async (tree) => {
        const { directory, store } = tree
        const { secret } = await directory.as(admin).issueSetUpLink()
        let quicker: Promise<unknown> | undefined
        let steps = 0
        const between = async () => {
          steps += 1
          if (steps === step) quicker = directory.setUp(draft(secret, other)).catch((error: unknown) => error)
          await quicker
        }
        const slow = createDirectory({
          store: {
            ...store,
            token: (key) => between().then(() => store.token(key)),
            tokens: (which) => between().then(() => store.tokens(which)),
            user: (key) => between().then(() => store.user(key)),
            commit: (commit) => between().then(() => store.commit(commit)),
          },
          now: () => Date.parse(NOON),
          randomBytes,
          cursorKey: new Uint8Array(32),
        })
        const [own] = await Promise.allSettled([slow.setUp(draft(secret))])
        if (own.status === 'rejected') await assertRefused(Promise.reject(own.reason as Error), refused)
        assert.equal((await store.tokens({ use: 'sign-in' })).length, 1)
        assert.equal(own.status === 'fulfilled', !quicker || (await quicker) instanceof Error)
      })
    }
  }

  onTree('is nothing that was not issued as one', async ({ directory, store }) => {
    const view = directory.as(admin)
    const bearer = await view.issueToken({
      name: 'x',
      userId: sampleId(1),
      permissions: ['admin'],
      scope: 'all',
      expiresAt: null,
    })
    const link = await view.issueSetUpLink()
    const revision = await store.revision()
    for (const secret of ['', 'rc_', bearer.secret, `${link.secret}0`, link.secret.toLowerCase()]) {
      await assertRefused(directory.setUp(draft(secret)), refused)
    }
    assert.equal(await store.revision(), revision)
    const [setup] = await store.tokens({ use: 'setup' })
    await view.revokeToken(setup?.id ?? '')
    await assertRefused(directory.setUp(draft(link.secret)), refused)
  })

  onTree('stays good where what is said with it is wrong', async ({ directory }) => {
    const { secret } = await directory.as(admin).issueSetUpLink()
    await assertRefused(directory.setUp({ ...draft(secret), password: 'short' }), { code: 'invalid', name: 'password' })
    await assertRefused(directory.setUp(draft(secret, '')), { code: 'invalid', name: 'identifier' })
    await assertRefused(directory.setUp(draft(secret, 'ada', { email: 'p1@example.com' })), {
      code: 'conflict',
      name: 'email',
    })
    await directory.setUp(draft(secret))
  })

  onTree('makes an administrator of a user who is called so, and lets it act again', async (tree) => {
    const { directory, store } = tree
    const view = directory.as(admin)
    await view.putSignIn(sampleId(3), { permissions: ['users:read'], scope: 10, password: 'another password' })
    const { secret: session } = await directory.openSession({ identifier: 'user-3', password: 'another password' })
    await view.updateUser(sampleId(3), { status: 'suspended', expiresAt: '2026-11-22T11:00:00Z' })
    const { secret } = await view.issueSetUpLink()
    const opened = await directory.setUp(draft(secret, 'USER-3', { familyName: 'Byron' }))
    assert.deepEqual([opened.principal.userId, opened.principal.scope], [sampleId(3), 'all'])
    const user = await store.user({ id: sampleId(3) })
    assert.deepEqual([user?.status, user?.familyName, user?.identifier], ['active', 'Byron', 'user-3'])
    await directory.openSession({ identifier: 'user-3', password: PASSWORD })
    await assertRefused(directory.principal({ session }), { code: 'unauthenticated', reason: 'revoked_token' })
  })

  onTree('is made by administrators of everything only', async ({ directory, store }) => {
    for (const caller of [principal(PERMISSIONS.filter((one) => one !== 'admin')), principal(['admin'], 1)]) {
      await assertRefused(directory.as(caller).issueSetUpLink(), { code: 'forbidden' })
    }
    assert.deepEqual(await store.tokens(), [])
  })
})

describe('a directory', () => {
  onTree('is set up while somebody can sign in with a password', async ({ directory }) => {
    const view = directory.as(admin)
    await view.updateUser(sampleId(3), {}, { password: PASSWORD })
    assert.equal(await directory.isSetUp(), false)
    await view.putSignIn(sampleId(3), { permissions: [], scope: 10 })
    assert.equal(await directory.isSetUp(), false)
    await view.putSignIn(sampleId(3), { permissions: [], scope: 10, password: PASSWORD })
    assert.equal(await directory.isSetUp(), true)
    await view.updateUser(sampleId(3), { status: 'suspended' })
    assert.equal(await directory.isSetUp(), false)
    await view.updateUser(sampleId(3), { status: 'active' })
    await view.removeSignIn(sampleId(3))
    assert.equal(await directory.isSetUp(), false)
  })
})
