import { DirectoryError } from '../core/error.ts'
import { exportPostgres, importPostgres } from './postgres/records.ts'
import { digesting, RECORD_KINDS, type RecordBatch, type RecordDigests, type RecordKind } from './sql/records.ts'
import { exportSqlite, importSqlite } from './sqlite/records.ts'

/** One end of a copy. */
interface End {
  read<T>(work: (batches: AsyncIterable<RecordBatch>) => Promise<T>): Promise<T>
  write(batches: AsyncIterable<RecordBatch>): Promise<void>
}

/**
 * Copies a whole directory to another store, `sqlite:<file>` or `postgres://…`: users with their history and passwords,
 * customers with theirs, commits, tokens, usage, receipts and secrets, from one snapshot. Then reads the copy, and throws
 * unless each kind has the same count and digest there. A target that is not empty is refused (`conflict`); a failed copy
 * leaves it empty.
 */
export async function copyDirectory(
  from: string,
  to: string,
  progress: (kind: RecordKind, rows: number) => void,
): Promise<RecordDigests> {
  const [source, target] = [endAt(from, 'from'), endAt(to, 'to')]
  const read = await source.read(async (batches) => {
    const { batches: passing, digests } = digesting(batches)
    await target.write(reported(passing, progress))
    return digests()
  })
  const found = await target.read(async (batches) => {
    const { batches: passing, digests } = digesting(batches)
    for await (const { kind, rows } of passing) progress(kind, rows.length)
    return digests()
  })
  const wrong = RECORD_KINDS.filter((kind) => read[kind].sha256 !== found[kind].sha256)
  if (wrong.length > 0) {
    throw new DirectoryError('internal', `The copy is not what was copied: ${wrong.join(', ')} differ. Do not use it.`)
  }
  return read
}

async function* reported(
  batches: AsyncIterable<RecordBatch>,
  progress: (kind: RecordKind, rows: number) => void,
): AsyncGenerator<RecordBatch> {
  for await (const batch of batches) {
    yield batch
    progress(batch.kind, batch.rows.length)
  }
}

// What a URL says is never told: it may hold a password.
function endAt(url: string, name: string): End {
  const file = /^sqlite:(.+)$/.exec(url)?.[1]
  if (file !== undefined) {
    return { read: (work) => exportSqlite(file, work), write: (batches) => importSqlite(file, batches) }
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    return { read: (work) => exportPostgres(url, work), write: (batches) => importPostgres(url, batches) }
  }
  const allowed = ['sqlite:<file>', 'postgres://…']
  throw new DirectoryError('invalid', `--${name} must be ${allowed.join(' or ')}.`, {
    reason: 'value',
    where: { name, allowed },
  })
}
