import { createHash } from 'node:crypto'
import type { MatchField } from '../../../core/directory.ts'
import { DirectoryError } from '../../../core/error.ts'
import { fold } from '../../../core/text.ts'
import type { Json, UserDraft } from '../../../core/user.ts'
import { isRecord, isUuid } from './cell.ts'
import type { Column } from './column.ts'
import type { Mapping } from './detection.ts'
import type { Cells, FileKind } from './row.ts'
import { core } from './sources/core.ts'

/** A row as a draft of a user, or the reason why it cannot be one, with the column it lies in. */
export type RowDraft = { readonly draft: UserDraft } | { readonly reason: string; readonly column?: string }

export interface DraftRules {
  readonly kind: FileKind
  readonly mapping: Mapping
  /** Null where every row is a new user. */
  readonly match: MatchField | null
  /** The customer an id or code stands for. Undefined where there is none. */
  readonly customer: (idOrCode: string) => number | undefined
  /** The customer of rows that name none; the writer's own when undefined. */
  readonly otherwiseCustomerId: number | undefined
}

/** What a row says of a user. An empty cell says nothing; a JSON null clears the field. */
export function rowDraft(row: Cells, rules: DraftRules): RowDraft {
  if (row.fault !== undefined) return { reason: row.fault }
  const draft: Record<string, unknown> = {}
  for (const [name, cell, column] of meaningful(row, rules.mapping)) {
    if (isEmpty(cell)) continue
    try {
      const value = valueOf(cell, column, rules)
      if (value !== undefined) put(draft, column.target, value, rules)
    } catch (error) {
      return { reason: `${name} ${error instanceof DirectoryError ? error.message : 'cannot be read'}.`, column: name }
    }
  }
  if (draft['customerId'] === undefined && rules.otherwiseCustomerId !== undefined) {
    draft['customerId'] = rules.otherwiseCustomerId
  }
  return { draft: withIdOfDeleted(draft, rules.match) }
}

/**
 * The columns that the fields of a row's draft, and entries of maps as `tags.team`, come from, or would if their cells were
 * not empty.
 */
export function originsOf(row: Cells, rules: DraftRules): ReadonlyMap<string, string> {
  const origins = new Map<string, string>()
  const empty = new Map<string, string>()
  for (const [name, cell, column] of meaningful(row, rules.mapping)) {
    if (isEmpty(cell)) remember(empty, column.target, name)
    else if (valueOf(cell, column, rules) !== undefined) remember(origins, column.target, name)
  }
  return new Map([...empty, ...origins])
}

function isEmpty(cell: Json): boolean {
  return typeof cell === 'string' && cell.trim() === ''
}

function valueOf(cell: Json, column: Column, rules: DraftRules): Json | undefined {
  return cell === null ? null : (exactText(cell, column, rules) ?? column.read(cell))
}

function remember(origins: Map<string, string>, target: string, name: string): void {
  for (const field of fieldsOf(target)) if (!origins.has(field)) origins.set(field, name)
}

function fieldsOf(target: string): readonly string[] {
  if (target === 'customer') return ['customerId']
  if (target === 'idOrExternalId') return ['id', 'externalId']
  const [field, entry] = splitOnce(target)
  return entry === undefined ? [field] : [field, target]
}

// The cells that mean something; of an object that means nothing as a whole, its members.
function* meaningful(row: Cells, { column }: Mapping): Generator<readonly [string, Json, Column]> {
  for (const [name, cell] of row.cells) {
    const own = column(name)
    if (own) {
      yield [name, cell, own]
    } else if (isRecord(cell)) {
      for (const [entry, value] of Object.entries(cell)) {
        const inner = column(`${name}.${entry}`)
        if (inner) yield [`${name}.${entry}`, value, inner]
      }
    }
  }
}

// An export writes a text that would be trimmed or passed over as a JSON text.
function exactText(cell: Json, { isText }: Column, { kind, mapping }: DraftRules): string | undefined {
  if (isText !== true || kind !== 'csv' || mapping.source !== core) return undefined
  if (typeof cell !== 'string' || !cell.startsWith('"') || !cell.endsWith('"')) return undefined
  try {
    const said = JSON.parse(cell) as Json
    return typeof said === 'string' ? said : undefined
  } catch {
    return undefined
  }
}

// What a JSON null says of a field that is always a list or an object.
const EMPTY: Readonly<Record<string, Json>> = { phones: [], permissions: [], tags: {}, attributes: {} }

function put(draft: Record<string, unknown>, target: string, cell: Json, rules: DraftRules): void {
  const [field, entry] = splitOnce(target)
  const value = cell ?? (entry === undefined ? (EMPTY[field] ?? null) : null)
  if (target === 'ignored') return
  if (target === 'customer') {
    if (value !== null) draft['customerId'] = customerOf(value, rules)
  } else if (target === 'idOrExternalId') {
    if (typeof value === 'string' && isUuid(value)) draft['id'] ??= value.toLowerCase()
    else draft['externalId'] ??= value
  } else if (entry !== undefined) {
    if (value !== null) draft[field] = { ...recordAt(draft, field), [entry]: value }
  } else if (Array.isArray(value)) {
    // Several columns may fill one list: work phone, mobile phone.
    const before = draft[field]
    const added = value as readonly Json[]
    draft[field] = Array.isArray(before) ? [...new Set([...(before as readonly Json[]), ...added])] : added
  } else if (isRecord(value)) {
    draft[field] = { ...recordAt(draft, field), ...value }
  } else {
    draft[field] ??= value
  }
}

function splitOnce(target: string): readonly [string, string | undefined] {
  const dot = target.indexOf('.')
  return dot < 0 ? [target, undefined] : [target.slice(0, dot), target.slice(dot + 1)]
}

function recordAt(draft: Record<string, unknown>, field: string): Readonly<Record<string, Json>> {
  const value = draft[field] as Json | undefined
  return isRecord(value) ? value : {}
}

function customerOf(value: Json, { customer }: DraftRules): number {
  const name = typeof value === 'string' ? value.trim() : JSON.stringify(value)
  const id = customer(name)
  if (id !== undefined) return id
  throw new DirectoryError('invalid', `names no customer: ${JSON.stringify(name)} is neither an id nor a code`)
}

// A deleted user is not found again by what it was matched with, so that a second run would make it once more. An id
// made from that value clashes instead.
function withIdOfDeleted(draft: Record<string, unknown>, match: MatchField | null): UserDraft {
  if (match === null) return draft
  const value = match === 'identifier' ? (draft['identifier'] ?? draft['email']) : draft[match]
  if (draft['status'] !== 'deleted' || draft['id'] !== undefined || typeof value !== 'string') return draft
  const hash = createHash('sha256')
    .update(`${match} ${fold(value)}`)
    .digest('hex')
  // RFC 9562 §5.8: version 8 is for ids made in one's own way.
  const id = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(12, 15)}`,
    `8${hash.slice(15, 18)}`,
    hash.slice(18, 30),
  ]
  return { ...draft, id: id.join('-') }
}
