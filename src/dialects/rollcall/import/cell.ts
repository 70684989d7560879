import { invalid } from '../../../core/error.ts'
import { parseInstant } from '../../../core/instant.ts'
import { STATUSES, USER_TYPES, type Json, type Status, type UserType } from '../../../core/user.ts'
import type { Column, ColumnTarget } from './column.ts'

function column(target: ColumnTarget, read: Column['read']): Column {
  return { target, read }
}

function said(cell: Json): string {
  return typeof cell === 'string' ? cell.trim() : JSON.stringify(cell)
}

function fault(allowed: string, cell: Json) {
  const shown = said(cell).toWellFormed()
  const value = shown.length > 64 ? `${shown.slice(0, 63)}…` : shown
  return invalid('value', `must be ${allowed}, not ${JSON.stringify(value)}`)
}

/** Known, and kept by nobody: passwords, counters, flags of the system it comes from. */
export const ignored: Column = column('ignored', () => undefined)

/** The cell as it is. */
export function text(target: ColumnTarget): Column {
  return { ...column(target, (cell) => cell), isText: true }
}

/** A word, address or id: the text without the space around it. */
export function word(target: ColumnTarget): Column {
  return { ...column(target, (cell) => (typeof cell === 'string' ? cell.trim() : cell)), isText: true }
}

/** An author: a UUID, or an object with one as its `id`. Anything else names nobody here. */
export function author(target: ColumnTarget): Column {
  return column(target, (cell) => {
    const id = isRecord(cell) ? cell['id'] : cell
    return typeof id === 'string' && isUuid(id.trim()) ? id.trim().toLowerCase() : undefined
  })
}

/** Whether a JSON value is an object. */
export function isRecord(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a text has the form of a UUID, in any letter case. */
export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
}

/** Several texts: a JSON list, or one cell with commas, semicolons, bars or line breaks between them. */
export function list(target: ColumnTarget): Column {
  return column(target, (cell) => {
    if (typeof cell !== 'string') return cell
    if (cell.trimStart().startsWith('[')) return parsed(cell, 'a list')
    const items = cell.split(/[,;|\n]/).map((one) => one.trim())
    return [...new Set(items)].filter((one) => one !== '')
  })
}

/** Named values: a JSON object, or `name=value` pairs with semicolons between them. */
export function map(target: ColumnTarget): Column {
  return column(target, (cell) => {
    if (typeof cell !== 'string') return cell
    if (cell.trimStart().startsWith('{')) return parsed(cell, 'an object')
    const pairs = cell.split(';').filter((pair) => pair.trim() !== '')
    return Object.fromEntries(
      pairs.map((pair) => {
        const at = pair.indexOf('=')
        if (at < 1) throw fault('a JSON object, or name=value pairs with semicolons between them', cell)
        return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
      }),
    )
  })
}

/** A JSON object as the core has it. */
export function object(target: ColumnTarget): Column {
  return column(target, (cell) => (typeof cell === 'string' ? parsed(cell, 'a JSON object') : cell))
}

function parsed(cell: string, allowed: string): Json {
  try {
    return JSON.parse(cell) as Json
  } catch {
    throw fault(allowed, cell)
  }
}

export function integer(target: ColumnTarget): Column {
  return column(target, (cell) => {
    if (typeof cell !== 'string') return cell
    if (!/^[+-]?\d{1,16}$/.test(cell.trim())) throw fault('a whole number', cell)
    return Number(cell)
  })
}

const TRUE = ['true', 'yes', '1', 'y']
const FALSE = ['false', 'no', '0', 'n']

/** One value for yes and one for no. */
export function flag(target: ColumnTarget, yes: Json, no: Json): Column {
  return column(target, (cell) => {
    const word = said(cell).toLowerCase()
    if (TRUE.includes(word)) return yes
    if (FALSE.includes(word)) return no
    throw fault('true or false', cell)
  })
}

/** The source's words for a status, in any letter case; the core's own words are understood too. */
export function status(words: Readonly<Record<string, Status>> = {}): Column {
  return oneOf('status', words, STATUSES)
}

/** The source's words for a user type, in any letter case; the core's own words are understood too. */
export function userType(words: Readonly<Record<string, UserType>> = {}): Column {
  return oneOf('userType', words, USER_TYPES)
}

function oneOf(target: ColumnTarget, words: Readonly<Record<string, string>>, own: readonly string[]): Column {
  const meanings = new Map([...own.map((word) => [word, word] as const), ...Object.entries(words)])
  const byKey = new Map([...meanings].map(([word, meaning]) => [word.toLowerCase(), meaning]))
  return column(target, (cell) => {
    const meaning = byKey.get(said(cell).toLowerCase())
    if (meaning === undefined) throw fault(`one of ${[...meanings.keys()].join(', ')}`, cell)
    return meaning
  })
}

const DATE = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/
const DATE_TIME = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(?: ?UTC)?$/i
const US_DATE_TIME = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,? (\d{1,2}):(\d\d)(?::(\d\d))?(?: ?([AP])M)?)?$/i

/**
 * A moment: RFC 3339, or a date with or without a time, year first, which is taken to be in UTC. `never` are texts that
 * say there is none.
 */
export function instant(target: ColumnTarget, never: readonly string[] = []): Column {
  return moment(target, 'a date and time such as 2024-05-01T12:00:00Z', never, yearFirst)
}

/** Like `instant`, and also month first as Microsoft writes it: `8/19/2021 1:25:31 PM`, in UTC. */
export function monthFirstInstant(target: ColumnTarget): Column {
  return moment(
    target,
    'a date and time such as 8/19/2021 1:25:31 PM',
    [],
    (said) => yearFirst(said) ?? monthFirst(said),
  )
}

function moment(
  target: ColumnTarget,
  allowed: string,
  never: readonly string[],
  read: (said: string) => string | undefined,
): Column {
  const none = never.map((word) => word.toLowerCase())
  return column(target, (cell) => {
    const word = said(cell)
    if (none.includes(word.toLowerCase())) return null
    const found = typeof cell === 'string' ? read(word) : undefined
    if (found === undefined) throw fault(allowed, cell)
    return found
  })
}

function yearFirst(word: string): string | undefined {
  const rfc3339 = parseInstant(word)
  if (rfc3339 !== undefined) return rfc3339
  const [, year = '', month = '', day = '', hour = '0', minute = '00', second = '00', fraction = ''] =
    DATE.exec(word) ?? DATE_TIME.exec(word) ?? []
  return utc(year, month, day, hour, minute, second, fraction)
}

function monthFirst(word: string): string | undefined {
  const [, month = '', day = '', year = '', hour = '0', minute = '00', second = '00', half] =
    US_DATE_TIME.exec(word) ?? []
  if (half === undefined) return utc(year, month, day, hour, minute, second, '')
  if (Number(hour) < 1 || Number(hour) > 12) return undefined
  const afternoon = half.toUpperCase() === 'P' ? 12 : 0
  return utc(year, month, day, String((Number(hour) % 12) + afternoon), minute, second, '')
}

function utc(
  year: string,
  month: string,
  day: string,
  hour: string,
  minute: string,
  second: string,
  fraction: string,
): string | undefined {
  const two = (part: string) => part.padStart(2, '0')
  return parseInstant(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}${fraction}Z`)
}
