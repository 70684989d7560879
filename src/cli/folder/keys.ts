import { randomBytes } from 'node:crypto'
import { DirectoryError } from '../../core/error.ts'
import type { Store } from '../../core/store.ts'
import { generateSigningJwk } from '../../http/signing.ts'
import { CommandError } from '../command-error.ts'
import { seal, unseal } from './sealing.ts'

const CURSOR_KEY_BYTES = 32

/**
 * The secrets of a directory, kept in its store and so the same on every node. Whoever loses them loses cursors and
 * signed tokens that are out, nothing else.
 */
export interface Keys {
  /** 32 bytes cursors are encrypted with. */
  readonly cursorKey: Uint8Array
  /** The private RSA key signed tokens are made with. */
  readonly signingJwk: Awaited<ReturnType<typeof generateSigningJwk>>
}

const PLAIN = 'keys'
const SEALED = 'sealed keys'

/**
 * The keys of a directory, made by whoever asks first. With a secret they are kept sealed, and who can read the store
 * cannot make signed tokens; those kept without one before are then no longer used. Throws a sentence where the secret
 * is not the one they were sealed with, or is missing.
 */
export async function openKeys(store: Store, secret: string | null): Promise<Keys> {
  const sealed = await kept(store, SEALED)
  if (secret === null) {
    if (sealed) {
      throw new CommandError(
        'The keys of this directory are sealed; give the secret they were sealed with in ROLLCALL_SECRET.',
      )
    }
    return decoded((await kept(store, PLAIN)) ?? (await keep(store, PLAIN, encoded(await makeKeys()))))
  }
  const bytes = sealed ?? (await keep(store, SEALED, seal(encoded(await makeKeys()), secret, SEALED)))
  const plain = unseal(bytes, secret, SEALED)
  if (plain) return decoded(plain)
  throw new CommandError('ROLLCALL_SECRET is not the secret that the keys of this directory were sealed with.')
}

async function makeKeys(): Promise<Keys> {
  return { cursorKey: randomBytes(CURSOR_KEY_BYTES), signingJwk: await generateSigningJwk() }
}

function encoded({ cursorKey, signingJwk }: Keys): Uint8Array {
  return Buffer.from(JSON.stringify({ cursorKey: Buffer.from(cursorKey).toString('base64url'), signingJwk }))
}

function decoded(bytes: Uint8Array): Keys {
  const { cursorKey, signingJwk } = JSON.parse(Buffer.from(bytes).toString()) as {
    readonly cursorKey: string
    readonly signingJwk: Keys['signingJwk']
  }
  return { cursorKey: Buffer.from(cursorKey, 'base64url'), signingJwk }
}

// What another node kept meanwhile wins.
function keep(store: Store, name: string, bytes: Uint8Array): Promise<Uint8Array> {
  return store.secret(name, () => bytes)
}

async function kept(store: Store, name: string): Promise<Uint8Array | undefined> {
  try {
    return await store.secret(name, () => {
      throw NONE
    })
  } catch (error) {
    if (error === NONE) return undefined
    throw error
  }
}

const NONE = new DirectoryError('not_found', 'No such secret is kept.')
