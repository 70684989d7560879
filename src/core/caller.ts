import type { Cursors } from './cursor.ts'
import type { Idempotency, Reading } from './directory.ts'
import type { Principal } from './principal.ts'
import type { Store } from './store.ts'
import type { Instant } from './user.ts'

/** What the directory is made of. Clock and randomness come from outside. */
export interface DirectoryParts {
  readonly store: Store
  /** Unix milliseconds. */
  readonly now: () => number
  readonly randomBytes: (length: number) => Uint8Array
  readonly cursors: Cursors
}

/** One caller, and the directory it asks. */
export interface Caller extends DirectoryParts {
  readonly principal: Principal
  readonly idempotency: Idempotency | undefined
  readonly reading?: Reading | undefined
  /** Set for dry runs: its commits are rehearsals. */
  readonly isRehearsal?: boolean
}

/** The moment of a write. */
export function instantNow(caller: Pick<Caller, 'now'>): Instant {
  return new Date(caller.now()).toISOString()
}

/** A new id: UUID version 7 (RFC 9562 §5.7), so that ids grow with time. */
export function newId(caller: Pick<Caller, 'now' | 'randomBytes'>): string {
  const bytes = Buffer.from(caller.randomBytes(16))
  bytes.writeUIntBE(caller.now(), 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
