import type { DatabaseSync } from 'node:sqlite'
import { ANY, type TextPart } from '../../core/filter.ts'
import { matchesParts } from '../../core/matches.ts'

/** SQL function: whether a text is a pattern given as `patternArgument` gives it. For what ranges and `instr` cannot say. */
export const MATCHES_PATTERN = 'rollcall_matches_pattern'

/** SQL function of timed connections: true as long as there is time, an error afterwards. */
export const IN_TIME = 'rollcall_in_time'

/** A folded pattern as one text: JSON, with null for any run of characters. */
export function patternArgument(parts: readonly TextPart[]): string {
  return JSON.stringify(parts.map((part) => (part === ANY ? null : part)))
}

/** Gives a connection the functions that compiled filters call. */
export function defineFunctions(connection: DatabaseSync): void {
  // One pattern is asked of many rows in a row.
  let argument = ''
  let parts: readonly TextPart[] = []
  connection.function(MATCHES_PATTERN, { deterministic: true, directOnly: true }, (text, pattern) => {
    if (typeof text !== 'string' || typeof pattern !== 'string') return 0
    if (pattern !== argument) {
      parts = (JSON.parse(pattern) as (string | null)[]).map((part) => part ?? ANY)
      argument = pattern
    }
    return matchesParts(parts, text) ? 1 : 0
  })
}

/** Gives a connection the function that ends statements whose time is over. */
export function defineTime(connection: DatabaseSync, isOver: () => boolean): void {
  connection.function(IN_TIME, { directOnly: true }, () => {
    if (isOver()) throw new Error('The time is over.')
    return 1
  })
}
