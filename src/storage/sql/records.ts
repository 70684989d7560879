import { createHash, type Hash } from 'node:crypto'
import { DirectoryError } from '../../core/error.ts'

/** What a value of a record is, whatever an engine keeps it as: ids are UUID texts, bytes are hex. */
export type RecordType = 'integer' | 'text' | 'uuid' | 'bytes'

/** The columns of a kind of record with their types, and the order that makes two directories comparable. */
export interface RecordShape {
  readonly columns: Readonly<Record<string, RecordType>>
  /** Columns of a unique key; null for the order in which the records were made. */
  readonly order: string | null
}

/**
 * Everything a directory is, in the order in which it can be written: what is before does not depend on what is after.
 * What an engine derives (keys, words, counts) is not in it: each derives it anew.
 */
export const RECORDS = {
  commits: { columns: { revision: 'integer', at: 'integer', by: 'uuid' }, order: 'revision' },
  customers: {
    columns: {
      id: 'integer',
      code: 'text',
      code_key: 'text',
      name: 'text',
      parent_id: 'integer',
      path: 'text',
      created_at: 'integer',
      updated_at: 'integer',
      revision: 'integer',
    },
    order: 'id',
  },
  customer_history: {
    columns: { id: 'integer', revision: 'integer', until: 'integer', customer: 'text' },
    order: 'id, revision',
  },
  /** Users: their current versions as `encodeUser` writes them. */
  documents: { columns: { number: 'integer', open: 'text', metadata: 'text' }, order: 'number' },
  history: {
    columns: { number: 'integer', revision: 'integer', open: 'text', metadata: 'text' },
    order: 'number, revision',
  },
  passwords: { columns: { number: 'integer', hash: 'text' }, order: 'number' },
  tokens: {
    columns: {
      id: 'text',
      hash: 'text',
      name: 'text',
      user_id: 'uuid',
      permissions: 'text',
      scope: 'integer',
      created_at: 'integer',
      created_by: 'uuid',
      expires_at: 'integer',
      revoked_at: 'integer',
      last_used_at: 'integer',
      use: 'text',
      parent_id: 'text',
    },
    order: null,
  },
  usage: { columns: { user_id: 'uuid', day: 'text', requests: 'integer' }, order: 'user_id, day' },
  token_usage: {
    columns: { day: 'text', token_id: 'text', requests: 'integer', limited: 'integer' },
    order: 'day, token_id',
  },
  saved_views: {
    columns: {
      id: 'uuid',
      user_id: 'uuid',
      name: 'text',
      query: 'text',
      is_shared: 'integer',
      created_at: 'integer',
      updated_at: 'integer',
      revision: 'integer',
    },
    order: 'id',
  },
  receipts: {
    columns: { scope: 'text', key: 'text', fingerprint: 'text', answer: 'text', at: 'integer' },
    order: 'scope, key',
  },
  secrets: { columns: { name: 'text', bytes: 'bytes' }, order: 'name' },
  /** The numbers that cannot be counted from the rest: what has been given is never given again. */
  counters: { columns: { name: 'text', value: 'integer' }, order: 'name' },
} as const satisfies Readonly<Record<string, RecordShape>>

export type RecordKind = keyof typeof RECORDS
export const RECORD_KINDS = Object.keys(RECORDS) as readonly RecordKind[]

/** The counters that are records. */
export const KEPT_COUNTERS = ['revision', 'customers', 'customer', 'number'] as const

/** One record: its values in the order of the columns. */
export type RecordRow = readonly (string | number | null)[]

/** Some records of one kind. Kinds come in their order, and so do the records of each. */
export interface RecordBatch {
  readonly kind: RecordKind
  readonly rows: readonly RecordRow[]
}

/** Records read or written at once. */
export const RECORD_BATCH_SIZE = 500

/** How many records of a kind there are, and the SHA-256 of them as lines of JSON, in order. */
export interface RecordDigest {
  readonly count: number
  readonly sha256: string
}

export type RecordDigests = Readonly<Record<RecordKind, RecordDigest>>

/** Hands batches on, and knows what has gone by. */
export function digesting(batches: AsyncIterable<RecordBatch>): {
  readonly batches: AsyncIterable<RecordBatch>
  readonly digests: () => RecordDigests
} {
  const seen = new Map<RecordKind, { count: number; readonly hash: Hash }>()
  for (const kind of RECORD_KINDS) seen.set(kind, { count: 0, hash: createHash('sha256') })
  async function* passing(): AsyncGenerator<RecordBatch> {
    for await (const batch of batches) {
      const one = seen.get(batch.kind)
      if (one) {
        one.count += batch.rows.length
        for (const row of batch.rows) one.hash.update(`${JSON.stringify(row)}\n`)
      }
      yield batch
    }
  }
  return {
    batches: passing(),
    digests: () =>
      Object.fromEntries(
        [...seen].map(([kind, { count, hash }]) => [kind, { count, sha256: hash.copy().digest('hex') }]),
      ) as RecordDigests,
  }
}

/** Refuses to read a store whose schema lacks something: looking at it must not change it. */
export function assertComplete(pending: readonly number[]): void {
  if (pending.length === 0) return
  throw new DirectoryError(
    'invalid',
    'The source is no directory of this version; where it is an older one, rollcall migrate brings it up to date.',
    { reason: 'value', where: { name: 'from' } },
  )
}
