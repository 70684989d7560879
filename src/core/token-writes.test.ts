import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { assertRefused } from '../../test/conformance/subject.ts'
import { onTree, principal } from '../../test/model/directory.ts'
import { sampleId } from '../../test/model/sample.ts'
import type { TokenDraft } from './directory.ts'
import { PERMISSIONS, type Principal } from './principal.ts'
import { hashToken, isTokenSecret, tokenSecret } from './token.ts'

const admin = principal(['admin'])
const draft = (changes: Partial<TokenDraft> = {}): TokenDraft => ({
  name: 'laptop',
  userId: sampleId(3),
  permissions: ['users:read'],
  scope: 10,
  expiresAt: null,
  ...changes,
})
const LATER = '2026-11-22T13:00:00.000Z'

describe('a token', () => {
  onTree('is told once, kept as a hash, and makes its bearer the principal it says', async ({ directory, store }) => {
    const { token, secret } = await directory.as(admin).issueToken(draft({ expiresAt: '2026-11-22T14:00:00+01:00' }))
    assert.ok(isTokenSecret(secret))
    assert.deepEqual(await store.token({ hash: hashToken(secret) }), token)
    assert.ok(!JSON.stringify(await store.tokens()).includes(secret))
    const wanted = {
      tokenId: token.id,
      userId: sampleId(3),
      customerId: 10,
      permissions: new Set(['users:read']),
      scope: 10,
      expiresAt: LATER,
    }
    assert.deepEqual(await directory.principal({ secret }), wanted)
    assert.deepEqual(await directory.principal({ tokenId: token.id }), wanted)
    assert.equal((await directory.as(await directory.principal({ secret })).me()).user.number, 3)
  })

  onTree('is refused when nobody ever issued it', async ({ directory }) => {
    const forged = tokenSecret(new Uint8Array(32).fill(9))
    for (const secret of [forged, '', 'rc_', `${forged}x`, 'Bearer x']) {
      await assertRefused(directory.principal({ secret }), { code: 'unauthenticated', reason: 'bad_token' })
    }
    await assertRefused(directory.principal({ tokenId: sampleId(1) }), { code: 'unauthenticated', reason: 'bad_token' })
  })

  onTree('is refused from the moment it is revoked', async ({ directory }) => {
    const { token, secret } = await directory.as(admin).issueToken(draft())
    await directory.principal({ secret })
    const revoked = await directory.as(admin).revokeToken(token.id)
    assert.notEqual(revoked.revokedAt, null)
    await assertRefused(directory.principal({ secret }), { code: 'unauthenticated', reason: 'revoked_token' })
    await assertRefused(directory.principal({ tokenId: token.id }), {
      code: 'unauthenticated',
      reason: 'revoked_token',
    })
    assert.deepEqual(await directory.as(admin).revokeToken(token.id), revoked)
  })

  onTree('is refused from the moment it expires', async ({ directory, wait }) => {
    const { secret } = await directory.as(admin).issueToken(draft({ expiresAt: LATER }))
    wait(3_599_999)
    await directory.principal({ secret })
    wait(1)
    await assertRefused(directory.principal({ secret }), { code: 'unauthenticated', reason: 'expired_token' })
  })

  onTree('is refused while its user may not act, and works again afterwards', async ({ directory }) => {
    const view = directory.as(admin)
    const { secret } = await view.issueToken(draft())
    for (const status of ['suspended', 'inactive', 'locked', 'deleted'] as const) {
      await view.updateUser(sampleId(3), { status })
      await assertRefused(directory.principal({ secret }), { code: 'unauthenticated', reason: 'bad_token' })
      if (status === 'deleted') await view.restoreUser(sampleId(3))
    }
    for (const status of ['active', 'onboarding', 'risky'] as const) {
      await view.updateUser(sampleId(3), { status })
      await directory.principal({ secret })
    }
    for (const times of [{ validFrom: LATER }, { validFrom: null, expiresAt: '2026-11-22T12:00:00Z' }]) {
      await view.updateUser(sampleId(3), times)
      await assertRefused(directory.principal({ secret }), { code: 'unauthenticated' })
    }
  })

  onTree('follows its user from customer to customer, but not in what it may see', async ({ directory }) => {
    const { secret } = await directory.as(admin).issueToken(draft())
    await directory.as(admin).updateUser(sampleId(3), { customerId: 20 })
    const { customerId, scope } = await directory.principal({ secret })
    assert.deepEqual([customerId, scope], [20, 10])
  })
})

describe('issuing a token', () => {
  onTree('needs tokens:write, also to list and revoke', async ({ directory }) => {
    const { token } = await directory.as(admin).issueToken(draft())
    const view = directory.as(principal(['users:read', 'users:write', 'customers:write', 'audit:read']))
    const refused = { code: 'forbidden', reason: 'permission' } as const
    await assertRefused(view.issueToken(draft()), refused)
    await assertRefused(view.tokens(), refused)
    await assertRefused(view.revokeToken(token.id), refused)
  })

  onTree('hands on no permission and no scope the caller has not', async ({ directory, store }) => {
    const view = directory.as(principal(['tokens:write', 'users:read'], 10))
    for (const permission of PERMISSIONS) {
      const issuing = view.issueToken(draft({ permissions: ['users:read', permission] }))
      if (permission === 'tokens:write' || permission === 'users:read') await issuing
      else await assertRefused(issuing, { code: 'forbidden', reason: 'permission' })
    }
    await assertRefused(view.issueToken(draft({ scope: 'all' })), { code: 'forbidden', reason: 'scope' })
    for (const scope of [1, 20, 99])
      await assertRefused(view.issueToken(draft({ scope })), { code: 'invalid', name: 'scope' })
    assert.equal((await view.issueToken(draft({ scope: 11 }))).token.scope, 11)
    for (const userId of [sampleId(1), sampleId(8), sampleId(6), sampleId(99)]) {
      await assertRefused(view.issueToken(draft({ userId })), { code: 'invalid', name: 'userId' })
    }
    assert.equal((await store.tokens()).length, 3)
  })

  onTree('asks for a name and an end in the future', async ({ directory }) => {
    const view = directory.as(admin)
    for (const name of ['', ' ', 'a\0', '\ud800', 'x'.repeat(257)])
      await assertRefused(view.issueToken(draft({ name })), { code: 'invalid', name: 'name' })
    for (const expiresAt of ['2026-11-22T12:00:00Z', '2001-01-01T00:00:00Z', 'tomorrow', '']) {
      await assertRefused(view.issueToken(draft({ expiresAt })), { code: 'invalid', name: 'expiresAt' })
    }
  })

  onTree(
    'is listed with all other tokens of its user, and with no others, where that is asked for',
    async ({ directory }) => {
      const view = directory.as(admin)
      const { token, secret } = await view.issueToken(draft())
      const { principal: session } = await directory.openSession({ token: secret })
      const other = await view.issueToken(draft({ userId: sampleId(8) }))
      const ids = async (request: Parameters<typeof view.tokens>[0]) => (await view.tokens(request)).map(({ id }) => id)
      assert.deepEqual(await ids({ use: 'all' }), [token.id, session.tokenId, other.token.id])
      assert.deepEqual(await ids({ use: 'all', userId: token.userId.toUpperCase() }), [token.id, session.tokenId])
      assert.deepEqual(await ids({ use: 'all', userId: 'nobody' }), [])
    },
  )

  onTree('tells a secret only once, even with an idempotency key', async ({ directory, store }) => {
    const once = () => directory.as(admin, { key: 'k', scope: 's', fingerprint: 'f' })
    const { secret } = await once().issueToken(draft())
    await assertRefused(once().issueToken(draft()), { code: 'conflict' })
    const receipt = await store.receipt('s', 'k')
    assert.ok(receipt && !receipt.answer.includes(secret))
  })
})

describe('a caller with a scope', () => {
  onTree('lists and revokes the tokens of users it sees, and its own', async ({ directory }) => {
    const [inside, outside] = [
      await directory.as(admin).issueToken(draft()),
      await directory.as(admin).issueToken(draft({ userId: sampleId(8) })),
    ]
    const view = directory.as(principal(['tokens:write'], 10))
    assert.deepEqual(
      (await view.tokens()).map(({ id }) => id),
      [inside.token.id],
    )
    await assertRefused(view.revokeToken(outside.token.id), { code: 'not_found' })
    await assertRefused(view.revokeToken(sampleId(99)), { code: 'not_found' })
    await view.revokeToken(inside.token.id)
    await directory.principal({ secret: outside.secret })
  })

  onTree('knows nothing of tokens that see more than it does', async ({ directory }) => {
    const view = directory.as(principal(['tokens:write'], 10))
    for (const scope of ['all', 1, 20] as const) {
      const { token, secret } = await directory.as(admin).issueToken(draft({ scope }))
      assert.deepEqual(await view.tokens(), [])
      await assertRefused(view.revokeToken(token.id), { code: 'not_found' })
      await directory.principal({ secret })
    }
  })

  onTree(
    'is told who issued a token only with users:read-metadata, and what it issued itself',
    async ({ directory }) => {
      const issuer = principal(['admin'], 'all', sampleId(1))
      const { token, secret } = await directory.as(issuer).issueToken(draft())
      const authorOf = async (caller: Principal) => (await directory.as(caller).tokens())[0]?.createdBy
      assert.equal(await authorOf(principal(['tokens:write'], 10)), null)
      assert.equal(await authorOf(principal(['tokens:write', 'users:read-metadata'], 10)), sampleId(1))
      assert.equal(await authorOf(principal(['tokens:write'], 'all', sampleId(1))), sampleId(1))
      const own = directory.as(await directory.principal({ secret }))
      const { user, token: shown } = await own.me()
      assert.deepEqual([user.createdBy, shown.createdBy], [null, null])
      assert.equal((await own.revokeToken(token.id)).createdBy, null)
    },
  )

  onTree('may give up its own token, wherever its user is, and without tokens:write', async ({ directory }) => {
    const { token, secret } = await directory.as(admin).issueToken(draft({ userId: sampleId(8), scope: 10 }))
    const own = directory.as(await directory.principal({ secret }))
    assert.notEqual((await own.revokeToken(token.id)).revokedAt, null)
    await assertRefused(directory.principal({ secret }), { code: 'unauthenticated', reason: 'revoked_token' })
  })
})
