import { decodeUser } from '../../core/document.ts'
import type { UserKey } from '../../core/store.ts'
import { fold, isStorable } from '../../core/text.ts'
import type { User } from '../../core/user.ts'
import { sql, type Fragment } from '../sql/fragment.ts'
import { isUuid } from '../sql/uuid.ts'
import type { Asking } from './database.ts'

/** The user with a key; of several with one external id the first one created. */
export async function readUserByKey(asking: Asking, key: UserKey): Promise<User | undefined> {
  const condition = keyCondition(key)
  if (!condition) return undefined
  const [by] = Object.keys(key)
  const row = await asking.first({
    ...sql`SELECT d.open, d.metadata FROM users u JOIN documents d ON d.number = u.number
      WHERE ${condition} ORDER BY u.number LIMIT 1`,
    name: `user by ${by ?? ''}`,
  })
  return row && decodeUser(String(row[0]), String(row[1]))
}

/** The users that exist among these ids. */
export async function readUsersById(asking: Asking, ids: readonly string[]): Promise<readonly User[]> {
  const rows = await asking.rows(sql`SELECT d.open, d.metadata FROM users u JOIN documents d ON d.number = u.number
    WHERE u.id IN (SELECT value::uuid FROM json_array_elements_text(${JSON.stringify(ids.filter(isUuid))}))`)
  return rows.map(([open, metadata]) => decodeUser(String(open), String(metadata)))
}

/** The hash of a user's password, where there is one. */
export async function readPasswordHash(asking: Asking, userId: string): Promise<string | undefined> {
  if (!isUuid(userId)) return undefined
  const row = await asking.first({
    ...sql`SELECT p.hash FROM users u JOIN passwords p ON p.number = u.number WHERE u.id = ${userId}`,
    name: 'password by id',
  })
  return row && String(row[0])
}

// Nobody has what no server takes: a text with NUL, a number without end.
function keyCondition(key: UserKey): Fragment | undefined {
  if ('id' in key) return isUuid(key.id) ? sql`u.id = ${key.id}` : undefined
  if ('number' in key) return Number.isSafeInteger(key.number) ? sql`u.number = ${key.number}` : undefined
  const text = 'identifier' in key ? key.identifier : 'email' in key ? key.email : key.externalId
  if (!isStorable(text)) return undefined
  if ('identifier' in key) return sql`u.live AND u.identifier = ${fold(text)}`
  if ('email' in key) return sql`u.live AND u.email IS NOT NULL AND u.email = ${fold(text)}`
  return sql`u.live AND u.external_id = ${fold(text)}`
}
