import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { base64url, exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWTHeaderParameters } from 'jose'
import { openTiny, type TinyServer } from '../../test/tiny-server.ts'
import { DirectoryError, type ErrorReason } from '../core/error.ts'
import { signedTokens, verifySignedToken } from './signed-token.ts'
import { generateSigningJwk, openSigningKey, type SigningKey } from './signing.ts'

const NOW = Date.UTC(2026, 0, 1)
const NOW_S = NOW / 1000

const CLAIMS = {
  iss: 'issuer',
  aud: 'audience',
  sub: 'user',
  client_id: 'token',
  iat: NOW_S,
  nbf: NOW_S,
  exp: NOW_S + 60,
}

/** A token that is right but for the changes; a change to undefined takes a member away. */
function sign(signing: SigningKey, claims: object = {}, header: object = {}): Promise<string> {
  const merged = { alg: 'RS256', typ: 'at+jwt', kid: signing.kid, ...header } as JWTHeaderParameters
  return new SignJWT({ ...CLAIMS, ...claims }).setProtectedHeader(merged).sign(signing.privateKey)
}

describe('verifySignedToken', () => {
  let signing: SigningKey
  before(async () => {
    signing = await openSigningKey(await generateSigningJwk(), { issuer: 'issuer', audience: 'audience' })
  })

  const refused = async (text: string | Promise<string>, reason: ErrorReason = 'bad_token', nowMs = NOW) => {
    await assert.rejects(verifySignedToken(signing, await text, nowMs), (error: unknown) => {
      assert.ok(error instanceof DirectoryError)
      assert.equal(error.code, 'unauthenticated')
      assert.equal(error.reason, reason)
      return true
    })
  }
  const accepted = async (text: string | Promise<string>) =>
    assert.deepEqual(await verifySignedToken(signing, await text, NOW), {
      tokenId: 'token',
      expiresAtMs: NOW + 60_000,
    })

  it('gives the token it stands for, and its end', () => accepted(sign(signing)))

  it('refuses one whose time is over or has not come', async () => {
    await refused(sign(signing), 'expired_token', NOW + 60_000)
    await refused(sign(signing, { exp: NOW_S }), 'expired_token')
    await refused(sign(signing, { nbf: NOW_S + 1 }))
    await refused(sign(signing, { nbf: 'x' }))
  })

  const claims = [
    { iss: 'other' },
    { iss: undefined },
    { iss: ['issuer', 'other'] },
    { aud: 'other' },
    { aud: undefined },
    { aud: [] },
    { exp: undefined },
    { exp: 'never' },
    { client_id: undefined },
    { client_id: 7 },
  ]
  for (const change of claims) {
    it(`refuses ${JSON.stringify(change)} ${Object.keys(change).join()}`, () => refused(sign(signing, change)))
  }

  it('refuses another type', async () => {
    for (const typ of ['JWT', undefined, 'dpop+jwt', '']) await refused(sign(signing, {}, { typ }))
    await accepted(sign(signing, {}, { typ: 'application/at+jwt' }))
  })

  it('refuses other algorithms, none and the public key as a secret among them', async () => {
    const payload = base64url.encode(JSON.stringify(CLAIMS))
    for (const alg of ['none', 'None', 'NONE', '']) {
      const header = base64url.encode(JSON.stringify({ alg, typ: 'at+jwt' }))
      await refused(`${header}.${payload}.`)
      await refused(`${header}.${payload}.AA`)
    }
    const spki = await exportSPKI(signing.publicKey)
    for (const secret of [spki, spki.trimEnd(), JSON.stringify(signing.publicJwk), signing.publicJwk.n ?? '']) {
      const head = `${base64url.encode(JSON.stringify({ alg: 'HS256', typ: 'at+jwt' }))}.${payload}`
      await refused(`${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`)
    }
    const { privateKey } = await generateKeyPair('PS256', { extractable: true })
    await refused(new SignJWT(CLAIMS).setProtectedHeader({ alg: 'PS256', typ: 'at+jwt' }).sign(privateKey))
  })

  it('takes no key from the token itself', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
    const jwk = await exportJWK(publicKey)
    for (const header of [{ jwk }, { jku: 'http://127.0.0.1:1/' }, { x5u: 'http://127.0.0.1:1/' }, { x5c: ['AA=='] }]) {
      const foreign = { alg: 'RS256', typ: 'at+jwt', ...header } as JWTHeaderParameters
      await refused(new SignJWT(CLAIMS).setProtectedHeader(foreign).sign(privateKey))
      // The right key is found without their help.
      await accepted(sign(signing, {}, header))
    }
  })

  it('refuses what it is told to understand and does not', async () => {
    const [, payload, signature] = (await sign(signing)).split('.')
    const header = base64url.encode(JSON.stringify({ alg: 'RS256', typ: 'at+jwt', crit: ['exp'], exp: 1 }))
    await refused(`${header}.${payload ?? ''}.${signature ?? ''}`)
  })

  it('refuses every other text of a token that is right', async () => {
    const token = await sign(signing)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const texts = [
      ` ${token}`,
      `${token} `,
      `${token}\n`,
      `${token}=`,
      `${token}==`,
      `${header}=.${payload}.${signature}`,
      `${header}.${payload} .${signature}`,
      `${header}.${payload}\n.${signature}`,
      `${header}.${payload}.${signature}.`,
      `.${token}`,
      `${token}.${signature}`,
      `${header}..${signature}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${header}.${payload}.${signature.replaceAll('-', '+').replaceAll('_', '/')}+`,
      `${header}.${payload}.${signature}A`,
      `${header}.${payload}.${signature.slice(0, -1)}`,
      // 256 bytes leave four bits of the last character unused.
      `${header}.${payload}.${signature.slice(0, -1)}${String.fromCharCode(signature.charCodeAt(signature.length - 1) + 1)}`,
      `${header}.${payload}.${signature.slice(0, 10)}é${signature.slice(11)}`,
      `${'A'.repeat(5000)}.${payload}.${signature}`,
    ]
    for (const text of texts) await refused(text)
  })

  it('refuses a token with any bit of its signature or claims turned', async () => {
    const [header = '', payload = '', signature = ''] = (await sign(signing)).split('.')
    for (let bit = 0; bit < 200; bit++) {
      const bytes = Buffer.from(signature, 'base64url')
      const at = (bit * 41) % (bytes.length * 8)
      bytes.writeUInt8(bytes.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3)
      await refused(`${header}.${payload}.${bytes.toString('base64url')}`)
    }
    const other = base64url.encode(JSON.stringify({ ...CLAIMS, client_id: 'another' }))
    await refused(`${header}.${other}.${signature}`)
  })

  it('refuses one of another key', async () => {
    const other = await openSigningKey(await generateSigningJwk(), { issuer: 'issuer', audience: 'audience' })
    await refused(sign(other))
  })
})

describe('signedTokens', () => {
  let tiny: TinyServer
  before(async () => {
    tiny = await openTiny({ routes: [] })
  })
  after(() => tiny.close())

  const tokens = (nowMs = Date.now()) =>
    signedTokens({
      directory: tiny.directory,
      store: tiny.store,
      signing: tiny.signing,
      lifetimeS: 3600,
      now: () => nowMs,
    })
  const isRefused = { code: 'unauthenticated', message: 'The id or the secret is wrong.' }

  it('signs for the client whose token the secret is', async () => {
    const nowMs = Date.now()
    const signed = await tokens(nowMs).forClient(tiny.tokenId, tiny.secret, undefined)
    assert.equal(signed.lifetimeS, 3600)
    assert.deepEqual(signed.permissions, ['users:read'])
    const verified = await verifySignedToken(tiny.signing, signed.token, nowMs)
    assert.deepEqual(verified, { tokenId: tiny.tokenId, expiresAtMs: signed.expiresAtMs })
    const [header = '', payload = ''] = signed.token.split('.')
    assert.deepEqual(JSON.parse(Buffer.from(header, 'base64url').toString()), {
      alg: 'RS256',
      typ: 'at+jwt',
      kid: tiny.signing.kid,
    })
    const { scope, sub, iss, aud } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
    assert.deepEqual(
      { scope, sub, iss, aud },
      { scope: 'users:read', sub: tiny.userId, iss: 'issuer', aud: 'audience' },
    )
  })

  it('signs for the user whose token the secret is, by identifier and by e-mail', async () => {
    for (const name of ['caller', 'CALLER', 'Caller@Example.com']) await tokens().forUser(name, tiny.secret)
  })

  it('refuses wrong ids, names and secrets alike', async () => {
    const wrong = `${tiny.secret.slice(0, -1)}${tiny.secret.endsWith('0') ? '1' : '0'}`
    await assert.rejects(tokens().forClient(tiny.userId, tiny.secret, undefined), isRefused)
    await assert.rejects(tokens().forClient(tiny.tokenId, wrong, undefined), isRefused)
    await assert.rejects(tokens().forClient(tiny.tokenId, '', undefined), isRefused)
    for (const name of ['', 'other', 'caller ', 'call%']) {
      await assert.rejects(tokens().forUser(name, tiny.secret), isRefused)
    }
    await assert.rejects(tokens().forUser('caller', wrong), isRefused)
  })

  it('refuses to sign for another audience', async () => {
    await assert.rejects(tokens().forClient(tiny.tokenId, tiny.secret, 'other'), { code: 'invalid', reason: 'value' })
    await tokens().forClient(tiny.tokenId, tiny.secret, 'audience')
  })

  it('signs nothing that outlives the token it stands for', async () => {
    const expiresAt = new Date(Date.now() + 90_000).toISOString()
    const { token, secret } = await tiny.view.issueToken({
      name: 'short',
      userId: tiny.userId,
      permissions: ['users:read'],
      scope: 'all',
      expiresAt,
    })
    const signed = await tokens().forClient(token.id, secret, undefined)
    assert.ok(signed.expiresAtMs <= Date.parse(expiresAt))
    assert.ok(signed.lifetimeS <= 90)
  })
})

describe('openSigningKey', () => {
  const names = { issuer: 'i', audience: 'a' }

  it('shows the public half alone', async () => {
    const { publicJwk } = await openSigningKey(await generateSigningJwk(), names)
    assert.deepEqual(Object.keys(publicJwk).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use'])
  })

  it('is named by its thumbprint, the same at every start', async () => {
    const jwk = await generateSigningJwk()
    const [one, two] = [await openSigningKey(jwk, names), await openSigningKey(jwk, names)]
    assert.equal(one.kid, two.kid)
    assert.match(one.kid, /^[\w-]{43}$/)
  })

  it('refuses other keys, and short ones', async () => {
    const { publicJwk } = await openSigningKey(await generateSigningJwk(), names)
    await assert.rejects(openSigningKey(publicJwk, names), /private RSA key/)
    const elliptic = await generateKeyPair('ES256', { extractable: true })
    await assert.rejects(openSigningKey(await exportJWK(elliptic.privateKey), names), /private RSA key/)
    const jwk = await generateSigningJwk()
    await assert.rejects(openSigningKey({ ...jwk, n: (jwk.n ?? '').slice(0, 200) }, names), /2048 bits/)
  })
})
