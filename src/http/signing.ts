import type { webcrypto } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'

/** The one algorithm signed tokens are made and taken with. */
export const ALGORITHM = 'RS256'
const MODULUS_BITS = 2048

/** What signed tokens are made with and known by. */
export interface SigningKey {
  /** The thumbprint of the public key (RFC 7638). */
  readonly kid: string
  readonly issuer: string
  readonly audience: string
  readonly privateKey: webcrypto.CryptoKey
  readonly publicKey: webcrypto.CryptoKey
  /** The public half, as `/.well-known/jwks.json` shows it. */
  readonly publicJwk: JWK
}

/** A new private key as a JWK, to be kept secret and given to `openSigningKey` at every start. */
export async function generateSigningJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { modulusLength: MODULUS_BITS, extractable: true })
  return exportJWK(privateKey)
}

/** The signing key in a private RSA JWK. Throws a sentence for anything else. */
export async function openSigningKey(
  jwk: JWK,
  names: { readonly issuer: string; readonly audience: string },
): Promise<SigningKey> {
  const { kty, n, e, d } = jwk
  if (kty !== 'RSA' || n === undefined || e === undefined || d === undefined) {
    throw new Error('The signing key must be a private RSA key as a JWK.')
  }
  if (Buffer.from(n, 'base64url').length * 8 < MODULUS_BITS) {
    throw new Error(`The signing key must have at least ${MODULUS_BITS} bits.`)
  }
  const kid = await calculateJwkThumbprint({ kty, n, e })
  const publicJwk: JWK = { kty, n, e, kid, alg: ALGORITHM, use: 'sig' }
  const [privateKey, publicKey] = await Promise.all([importJWK(jwk, ALGORITHM), importJWK(publicJwk, ALGORITHM)])
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) {
    throw new Error('The signing key must be a private RSA key as a JWK.')
  }
  return { kid, ...names, privateKey, publicKey, publicJwk }
}
