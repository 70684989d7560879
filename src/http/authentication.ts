import { hash } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Directory } from '../core/directory.ts'
import { DirectoryError } from '../core/error.ts'
import { viewKey, type Principal } from '../core/principal.ts'
import { isTokenSecret } from '../core/token.ts'
import { tooMany } from './rate-limits.ts'
import { looksSigned, verifySignedToken } from './signed-token.ts'
import type { SigningKey } from './signing.ts'

/** A caller as it was read at a revision. */
export interface KnownCaller {
  readonly principal: Principal
  /** The same for all callers who are given the same bytes: view, customer, and what they may, to be sure. */
  readonly view: string
  readonly revision: number
  readonly expiresAtMs: number
}

/** Finds out who asks. */
export interface Authentication {
  /**
   * The caller behind an `Authorization` header; at once when it is remembered from this revision. Throws
   * `unauthenticated`, or `too_many_requests` for an unknown token from an address with too many failures.
   */
  caller(authorization: string | undefined, isBare: boolean, at: Attempt): KnownCaller | Promise<KnownCaller>
  /** The caller behind a session, likewise. */
  session(secret: string, at: Attempt): KnownCaller | Promise<KnownCaller>
  /** Does what may fail for wrong credentials, within the limit on failures of the address. */
  attempt<T>(remoteAddress: string, work: () => Promise<T>): Promise<T>
}

export interface Attempt {
  readonly revision: number
  readonly nowMs: number
  readonly remoteAddress: string
}

const REMEMBERED_MAX = 10_000
const FAILURE_WINDOW_S = 60
// RFC 9110 §11.1: the scheme is case-insensitive; RFC 6750 §2.1: what a token may consist of.
const BEARER = /^bearer +([\w.~+/-]+=*)$/i
const BARE = /^[\w.~+/-]+=*$/

export function authentication(parts: {
  readonly directory: Directory
  readonly signing: SigningKey
  readonly failuresPerMinute: number
}): Authentication {
  const { directory, signing, failuresPerMinute } = parts
  const remembered = new Map<string, KnownCaller>()
  const failures =
    failuresPerMinute === 0 ? null : new RateLimiterMemory({ points: failuresPerMinute, duration: FAILURE_WINDOW_S })

  const attempt = async <T>(remoteAddress: string, work: () => Promise<T>): Promise<T> => {
    const before = await failures?.get(remoteAddress)
    if (before && before.remainingPoints <= 0) throw tooMany(Math.ceil(before.msBeforeNext / 1000))
    try {
      return await work()
    } catch (error) {
      if (error instanceof DirectoryError && error.code === 'unauthenticated') await failures?.penalty(remoteAddress)
      throw error
    }
  }

  const known = (principal: Principal, { revision }: Attempt, until = Infinity): KnownCaller => {
    let expiresAtMs = until
    if (principal.expiresAt !== null) expiresAtMs = Math.min(expiresAtMs, Date.parse(principal.expiresAt))
    const view = `${viewKey(principal)} ${principal.customerId} ${[...principal.permissions].sort().join()}`
    return { principal, view, revision, expiresAtMs }
  }

  const identify = async (credential: string, at: Attempt): Promise<KnownCaller> => {
    if (isTokenSecret(credential)) return known(await directory.principal({ secret: credential }), at)
    if (!looksSigned(credential)) throw unauthenticated('bad_token', 'The token is not valid.')
    const { tokenId, expiresAtMs } = await verifySignedToken(signing, credential, at.nowMs)
    return known(await directory.principal({ tokenId }), at, expiresAtMs)
  }

  const identifySession = async (session: string, at: Attempt): Promise<KnownCaller> =>
    known(await directory.principal({ session }), at)

  const remember = (key: string, caller: KnownCaller): void => {
    remembered.set(key, caller)
    if (remembered.size <= REMEMBERED_MAX) return
    const oldest = remembered.keys().next()
    if (!oldest.done) remembered.delete(oldest.value)
  }

  const recall = (
    key: string,
    credential: string,
    at: Attempt,
    find: (credential: string, at: Attempt) => Promise<KnownCaller>,
  ): KnownCaller | Promise<KnownCaller> => {
    const before = remembered.get(key)
    if (before?.revision === at.revision && before.expiresAtMs > at.nowMs) return before
    if (before) remembered.delete(key)
    // A token that worked a revision ago is no guess, whatever else comes from its address.
    const found = before ? find(credential, at) : attempt(at.remoteAddress, () => find(credential, at))
    return found.then((caller) => {
      remember(key, caller)
      return caller
    })
  }

  return {
    attempt,
    caller(authorization, isBare, at) {
      const credential = credentialOf(authorization, isBare)
      return recall(hash('sha256', credential, 'base64'), credential, at, identify)
    },
    // Remembered apart: what is good in a cookie is good in no header.
    session: (secret, at) => recall(`session ${hash('sha256', secret, 'base64')}`, secret, at, identifySession),
  }
}

function credentialOf(authorization: string | undefined, isBare: boolean): string {
  if (authorization === undefined || authorization === '') {
    throw unauthenticated('no_token', 'Send a token: Authorization: Bearer <token>.')
  }
  const token = BEARER.exec(authorization)?.[1]
  if (token !== undefined) return token
  if (isBare && BARE.test(authorization)) return authorization
  throw unauthenticated('bad_token', 'The Authorization header must be: Bearer <token>.')
}

function unauthenticated(reason: 'no_token' | 'bad_token', message: string): DirectoryError {
  return new DirectoryError('unauthenticated', message, { reason })
}
