import { raw, type Fragment } from '../sql/fragment.ts'
import type { Row } from './connection.ts'

/** What a statement tells of the snapshot it was answered from. */
export interface Heading {
  readonly revision: number
  /** The newest revision that changed customers. */
  readonly customers: number
  /** The highest number ever given to a user. */
  readonly number: number
  readonly live: number
  readonly deleted: number
  /** Which columns ever had a text too long for their index. */
  readonly long: number
}

/** The heading of a snapshot, as one expression. */
export const HEADING: Fragment = raw(`(SELECT json_object_agg(name, value)::text FROM counters)`)

/** The heading an answer to HEADING is. */
export function headingFrom(value: Row[number] | undefined): Heading {
  if (typeof value !== 'string') throw new Error('The counters of the directory are gone.')
  return JSON.parse(value) as Heading
}

/** Whether what was planned under one heading also holds under another one: only users have changed between them. */
export function isSamePlace(a: Heading, b: Heading): boolean {
  return a.customers === b.customers && a.long === b.long
}
