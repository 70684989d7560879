import { sql, type Fragment } from '../sql/fragment.ts'

/**
 * LIMIT and OFFSET. The engine looks at the value of a bare parameter there to plan with it, and prepares the statement
 * anew at every execution in case it is another one; so what it is given is an expression.
 */
export function limit(most: number, offset?: number): Fragment {
  return offset === undefined ? sql`LIMIT +${most}` : sql`LIMIT +${most} OFFSET +${offset}`
}
