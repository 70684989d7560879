import { decodeUser } from '../../core/document.ts'
import type { UserVersion, VersionStretch } from '../../core/store.ts'
import { sql } from '../sql/fragment.ts'
import { instantText } from '../sql/instant.ts'
import { isUuid } from '../sql/uuid.ts'
import type { Asking } from './database.ts'

/** All versions of a user, or a stretch of them, newest first; none where there is no such user. */
export async function readHistory(
  asking: Asking,
  id: string,
  stretch?: VersionStretch,
): Promise<readonly UserVersion[]> {
  if (!isUuid(id)) return []
  const { before = Number.MAX_SAFE_INTEGER, limit = null } = stretch ?? {}
  const rows = await asking.rows(sql`
    SELECT v.open, v.metadata, c.revision, c.at, c.by FROM (
      SELECT u.revision, d.open, d.metadata FROM users u JOIN documents d ON d.number = u.number WHERE u.id = ${id}
      UNION ALL
      SELECT h.revision, h.open, h.metadata FROM users u JOIN history h ON h.number = u.number WHERE u.id = ${id}) v
    JOIN commits c ON c.revision = v.revision WHERE c.revision < ${before} ORDER BY c.revision DESC LIMIT ${limit}`)
  return rows.map(([open, metadata, revision, at, by]) => ({
    user: decodeUser(String(open), String(metadata)),
    revision: Number(revision),
    at: instantText(Number(at)),
    by: typeof by === 'string' ? by : null,
  }))
}
