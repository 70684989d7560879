import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { generateSigningJwk } from '../../http/signing.ts'
import { CommandError } from '../command-error.ts'
import { writeWhole } from './whole-file.ts'

const CURSOR_KEY_BYTES = 32

/** The secrets of a data folder. Whoever loses them loses cursors and signed tokens that are out, nothing else. */
export interface Keys {
  /** 32 bytes cursors are encrypted with. */
  readonly cursorKey: Uint8Array
  /** The private RSA key signed tokens are made with. */
  readonly signingJwk: Awaited<ReturnType<typeof generateSigningJwk>>
}

/** The keys in a file of mode 0600, made at the first start. Throws a sentence for a file that is no such thing. */
export async function openKeys(file: string): Promise<Keys> {
  const kept = read(file)
  if (kept !== undefined) return kept
  const cursorKey = randomBytes(CURSOR_KEY_BYTES)
  const signingJwk = await generateSigningJwk()
  writeWhole(file, `${JSON.stringify({ cursorKey: cursorKey.toString('base64url'), signingJwk }, null, 2)}\n`)
  return { cursorKey, signingJwk }
}

function read(file: string): Keys | undefined {
  let content: string
  try {
    content = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new CommandError(`The keys in ${file} cannot be read.`, undefined, error)
  }
  try {
    const { cursorKey, signingJwk } = JSON.parse(content) as Record<string, unknown>
    const bytes = Buffer.from(String(cursorKey), 'base64url')
    if (bytes.length === CURSOR_KEY_BYTES && typeof signingJwk === 'object' && signingJwk !== null)
      return { cursorKey: bytes, signingJwk: signingJwk }
  } catch {
    // Said below, without what is in the file.
  }
  throw new CommandError(`${file} does not hold the keys of a data folder; move it away to have new ones made.`)
}
