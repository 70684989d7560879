import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DirectoryError, type ErrorReason } from '../../core/error.ts'
import type { Permission } from '../../core/principal.ts'
import type { PublicCall } from '../dialect.ts'
import { answerToken, FORM } from './token.ts'

const CLIENT = { id: 'client', secret: 'rc_secret' }

function callWith(parts: {
  readonly json?: unknown
  readonly form?: string
  readonly authorization?: string
  readonly permissions?: readonly Permission[]
  readonly query?: PublicCall['query']
}): PublicCall {
  const { json, form, authorization, permissions = ['users:read'], query = [] } = parts
  return {
    method: 'POST',
    path: '/oauth/token',
    origin: 'http://localhost',
    pathParameters: {},
    query,
    header: (name) => (name === 'authorization' ? authorization : undefined),
    body:
      form === undefined
        ? { mediaType: 'application/json', text: JSON.stringify(json) }
        : { mediaType: FORM, text: form },
    requestId: 'r',
    remoteAddress: '127.0.0.1',
    sessions: {} as never,
    nowMs: 0,
    tokens: {
      forClient(id, secret, audience, scopes) {
        assert.deepEqual(scopes?.(['users:read']), ['user:read'])
        if (id !== CLIENT.id || secret !== CLIENT.secret) throw new DirectoryError('unauthenticated', 'No.')
        return Promise.resolve({
          token: `for ${audience ?? 'nobody'}`,
          lifetimeS: 3600,
          expiresAtMs: 3_600_000,
          permissions,
        })
      },
      forUser: () => Promise.reject(new Error('not asked')),
    },
  }
}

const GRANT = { grant_type: 'client_credentials', client_id: CLIENT.id, client_secret: CLIENT.secret }
const ANSWER = { access_token: 'for nobody', expires_in: 3600, token_type: 'Bearer', scope: 'user:read' }

async function answerTo(parts: Parameters<typeof callWith>[0]): Promise<unknown> {
  const { status, headers, body } = await answerToken(callWith(parts))
  assert.equal(status, 200)
  assert.equal(headers?.['cache-control'], 'no-store')
  assert.ok(typeof body === 'string')
  return JSON.parse(body) as unknown
}

function refuses(parts: Parameters<typeof callWith>[0], reason: ErrorReason, name: string): Promise<void> {
  return assert.rejects(
    answerToken(callWith(parts)),
    (error) => error instanceof DirectoryError && error.reason === reason && error.where.name === name,
  )
}

describe('the token endpoint of Alvys', () => {
  it('takes credentials as JSON, as a form and by HTTP Basic', async () => {
    assert.deepEqual(await answerTo({ json: { ...GRANT, audience: 'api' } }), { ...ANSWER, access_token: 'for api' })
    assert.deepEqual(await answerTo({ form: new URLSearchParams(GRANT).toString() }), ANSWER)
    const authorization = `Basic ${Buffer.from('client:rc%5Fsecret').toString('base64')}`
    assert.deepEqual(await answerTo({ form: 'grant_type=client_credentials', authorization }), ANSWER)
  })

  it('refuses a Basic header that is none rather than pass over it', async () => {
    for (const authorization of ['Basic', 'Basic x!', 'Basic Y2xpZW50OnJj, Basic Y2xpZW50OnJj']) {
      await assert.rejects(answerToken(callWith({ json: GRANT, authorization })), { code: 'unauthenticated' })
    }
  })

  it('takes the audience of the vendor for its own', async () => {
    assert.deepEqual(await answerTo({ json: { ...GRANT, audience: 'https://api.alvys.com/public/' } }), ANSWER)
  })

  it('ignores members it does not know and takes empty ones for absent (RFC 6749 §3.2)', async () => {
    assert.deepEqual(await answerTo({ json: { ...GRANT, audience: '', resource: 1 } }), ANSWER)
    await refuses({ json: { ...GRANT, client_secret: '' } }, 'missing', 'client_secret')
  })

  it('refuses what is sent twice, in two places, or of the wrong type', async () => {
    await refuses({ form: `${new URLSearchParams(GRANT).toString()}&client_id=b` }, 'range', 'client_id')
    const authorization = `Basic ${Buffer.from('client:rc_secret').toString('base64')}`
    await refuses({ json: GRANT, authorization }, 'value', 'client_secret')
    await refuses({ json: { ...GRANT, client_id: 7 } }, 'type', 'client_id')
  })

  it('takes nothing from the query', () =>
    refuses({ json: GRANT, query: [['client_id', CLIENT.id]] }, 'unknown', 'client_id'))

  it('fails for a scope that is not granted, and grants all whatever is asked', async () => {
    assert.deepEqual(await answerTo({ json: { ...GRANT, scope: 'user:read' } }), ANSWER)
    await refuses({ json: { ...GRANT, scope: 'user:read user:delete' } }, 'value', 'scope')
  })

  it('says what is granted in the words of the vendor', async () => {
    const granted = async (...permissions: Permission[]) => {
      const { scope } = (await answerTo({ json: GRANT, permissions })) as { scope: string }
      return scope
    }
    assert.equal(await granted('users:read', 'users:read-metadata'), 'user:read')
    assert.equal(await granted('users:write'), 'user:create user:update user:delete')
    assert.match(await granted('admin'), /user:read .*customer:read/)
    assert.equal(await granted('audit:read'), '')
  })

  it('refuses malformed Basic credentials as credentials', async () => {
    for (const credentials of ['no colon', '%:x', 'a:%zz']) {
      const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`
      await assert.rejects(
        answerToken(callWith({ form: 'grant_type=client_credentials', authorization })),
        (error) => error instanceof DirectoryError && error.code === 'unauthenticated',
      )
    }
  })
})
