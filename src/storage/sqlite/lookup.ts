import { decodeUser } from '../../core/document.ts'
import type { UserKey } from '../../core/store.ts'
import { fold } from '../../core/text.ts'
import type { User } from '../../core/user.ts'
import { NEVER, sql, type Fragment } from '../sql/fragment.ts'
import { isUuid, uuidBytes } from '../sql/uuid.ts'
import type { Database } from './database.ts'

/** The user with a key; of several with one external id the first one created. */
export function readUserByKey(database: Database, key: UserKey): User | undefined {
  const row = database.first(sql`SELECT d.open, d.metadata FROM users u JOIN documents d ON d.number = u.number
    WHERE ${keyCondition(key)} ORDER BY u.number LIMIT 1`)
  return row && decodeUser(String(row[0]), String(row[1]))
}

/** The users that exist among these ids. */
export function readUsersById(database: Database, ids: readonly string[]): readonly User[] {
  const hex = ids.filter(isUuid).map((id) => Buffer.from(uuidBytes(id)).toString('hex'))
  const rows = database.rows(sql`SELECT d.open, d.metadata FROM users u JOIN documents d ON d.number = u.number
    WHERE u.id IN (SELECT unhex(value) FROM json_each(${JSON.stringify(hex)}))`)
  return rows.map(([open, metadata]) => decodeUser(String(open), String(metadata)))
}

/** The hash of a user's password, where there is one. */
export function readPasswordHash(database: Database, userId: string): string | undefined {
  if (!isUuid(userId)) return undefined
  const row = database.first(sql`SELECT p.hash FROM users u JOIN passwords p ON p.number = u.number
    WHERE u.id = ${uuidBytes(userId)}`)
  return row && String(row[0])
}

function keyCondition(key: UserKey): Fragment {
  if ('id' in key) return isUuid(key.id) ? sql`u.id = ${uuidBytes(key.id)}` : NEVER
  if ('number' in key) return sql`u.number = ${key.number}`
  if ('identifier' in key) return sql`u.live = 1 AND u.identifier = ${fold(key.identifier)}`
  if ('email' in key) return sql`u.live = 1 AND u.email IS NOT NULL AND u.email = ${fold(key.email)}`
  return sql`u.live = 1 AND u.external_id = ${fold(key.externalId)}`
}
