import { decodeUser } from '../../core/document.ts'
import type { UserVersion, VersionStretch } from '../../core/store.ts'
import { sql } from '../sql/fragment.ts'
import { instantText } from '../sql/instant.ts'
import { isUuid, uuidBytes, uuidText } from '../sql/uuid.ts'
import type { Database } from './database.ts'
import { limit } from './limit.ts'

/** All versions of a user, or a stretch of them, newest first; none where there is no such user. */
export function readHistory(database: Database, id: string, stretch?: VersionStretch): readonly UserVersion[] {
  if (!isUuid(id)) return []
  const { before = Number.MAX_SAFE_INTEGER, limit: most = -1 } = stretch ?? {}
  const rows = database.rows(sql`
    SELECT v.open, v.metadata, c.revision, c.at, c.by FROM users u JOIN (
      SELECT number, NULL AS revision, open, metadata FROM documents
      UNION ALL SELECT number, revision, open, metadata FROM history) v ON v.number = u.number
    JOIN commits c ON c.revision = coalesce(v.revision, u.revision)
    WHERE u.id = ${uuidBytes(id)} AND c.revision < ${before} ORDER BY c.revision DESC ${limit(most)}`)
  return rows.map(([open, metadata, revision, at, by]) => ({
    user: decodeUser(String(open), String(metadata)),
    revision: Number(revision),
    at: instantText(Number(at)),
    by: by instanceof Uint8Array ? uuidText(by) : null,
  }))
}
