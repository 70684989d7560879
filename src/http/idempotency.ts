import { hash } from 'node:crypto'
import type { Idempotency } from '../core/directory.ts'
import { DirectoryError, invalid } from '../core/error.ts'

const KEY_LENGTH_MAX = 255
// A structured String (RFC 9651 §3.3.3), or the bare form clients of older drafts send.
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/
const BARE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/

/** The key in an `Idempotency-Key` header. Throws `invalid` for one that is malformed, empty or too long. */
export function parseIdempotencyKey(header: string): string {
  const text = header.trim()
  const key = QUOTED.exec(text)?.[1]?.replace(/\\(["\\])/g, '$1') ?? (BARE.test(text) ? text : '')
  if (key !== '' && key.length <= KEY_LENGTH_MAX) return key
  const allowed = `a string of 1 to ${KEY_LENGTH_MAX} visible ASCII characters, in double quotes or bare`
  throw invalid('format', `Idempotency-Key must be ${allowed}.`, { in: 'header', name: 'Idempotency-Key', allowed })
}

/** What comes with a key: `path` as the route has it, so that it is one however it is written, and what its parameters were. */
interface KeyedRequest {
  readonly tokenId: string
  readonly method: string
  readonly path: string
  readonly pathParameters: Readonly<Record<string, string>>
}

/** What a key is valid for: one caller, method and path; the payload is the query and the body. */
export function idempotencyOf(
  header: string,
  { tokenId, method, path, pathParameters }: KeyedRequest,
  payload: { readonly query: string; readonly text: string },
): Idempotency {
  return {
    key: parseIdempotencyKey(header),
    scope: hash('sha256', JSON.stringify([tokenId, method, path, ...Object.values(pathParameters)])),
    fingerprint: hash('sha256', JSON.stringify([payload.query, payload.text])),
  }
}

/** Writes under way by key: the second of two at once is refused rather than done twice. */
export interface RunningKeys {
  /**
   * Does the work while no other with the same key is under way; else throws `conflict` with reason `running`. Work that
   * fails for what others have written is done once more: it may have been this very write, on another node, whose
   * answer is kept now.
   */
  run<T>(idempotency: Idempotency, work: () => Promise<T>): Promise<T>
}

export function runningKeys(): RunningKeys {
  const running = new Set<string>()
  return {
    async run(idempotency, work) {
      const name = `${idempotency.scope} ${idempotency.key}`
      if (running.has(name)) {
        throw new DirectoryError('conflict', 'A request with this Idempotency-Key is still being worked on.', {
          reason: 'running',
          where: { in: 'header', name: 'Idempotency-Key' },
          retryAfterS: 1,
        })
      }
      running.add(name)
      try {
        return await work().catch((error: unknown) => {
          if (isOutrun(error)) return work()
          throw error
        })
      } finally {
        running.delete(name)
      }
    },
  }
}

function isOutrun(error: unknown): boolean {
  return error instanceof DirectoryError && (error.code === 'conflict' || error.code === 'precondition_failed')
}
