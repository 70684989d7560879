import { invalid } from '../../core/error.ts'
import type { Json } from '../../core/user.ts'
import { excerpt } from '../parameter.ts'
import { describedMembers } from '../meaning.ts'
import { choice, json, list, object, optional, string, type ShapeOf } from '../shape.ts'
import { PATCH_MEANINGS } from './meaning.ts'

const OPERATIONS_MAX = 256
/** Values in a patched document; copies can double it again and again. */
const VALUES_MAX = 10_000

const operation = object(
  describedMembers(PATCH_MEANINGS, {
    op: choice(['add', 'remove', 'replace', 'move', 'copy', 'test']),
    path: string(),
    from: optional(string()),
    value: optional(json),
  }),
  // RFC 6902 §4: members an operation does not know are ignored.
  { unknown: 'ignore' },
)

/** A JSON Patch (RFC 6902). */
export const patchShape = list(operation, { lengthMax: OPERATIONS_MAX })

type Operation = ShapeOf<typeof operation>

/**
 * The document with all operations done in order. Throws `invalid` for the first that cannot be done; the document
 * itself is never changed, so a patch is done as a whole or not at all.
 */
export function applyPatch(document: Json, patch: readonly Operation[]): Json {
  return patch.reduce((before, operation, index) => {
    const refuse = (fault: string) =>
      invalid('value', `operation ${index}: ${fault}`, { in: 'body', name: String(index) })
    return applied(before, operation, refuse)
  }, document)
}

type Refuse = (fault: string) => Error

function applied(document: Json, { op, path: text, from, value }: Operation, refuse: Refuse): Json {
  const path = pointer(text, refuse)
  switch (op) {
    case 'add':
      return added(document, path, needed(value, 'value', op, refuse), refuse)
    case 'remove':
      return removed(document, path, refuse)
    case 'replace': {
      const next = needed(value, 'value', op, refuse)
      return path.length === 0 ? next : added(removed(document, path, refuse), path, next, refuse)
    }
    case 'move': {
      const source = pointer(needed(from, 'from', op, refuse), refuse)
      if (source.length < path.length && source.every((token, index) => token === path[index])) {
        throw refuse(`${shown(source)} cannot be moved into itself.`)
      }
      const moved = valueAt(document, source, refuse)
      return source.length === 0 ? moved : added(removed(document, source, refuse), path, moved, refuse)
    }
    case 'copy': {
      const copied = valueAt(document, pointer(needed(from, 'from', op, refuse), refuse), refuse)
      const next = added(document, path, copied, refuse)
      if (valuesIn(next, VALUES_MAX) > VALUES_MAX) throw refuse(`it would leave more than ${VALUES_MAX} values.`)
      return next
    }
    case 'test':
      if (sameJson(valueAt(document, path, refuse), needed(value, 'value', op, refuse))) return document
      throw refuse(`the test of ${shown(path)} failed.`)
  }
}

function needed<T>(value: T | undefined, name: string, op: string, refuse: Refuse): T {
  if (value === undefined) throw refuse(`${name} is required for ${op}.`)
  return value
}

/** The reference tokens of a JSON Pointer (RFC 6901 §3). */
function pointer(text: string, refuse: Refuse): readonly string[] {
  if (text === '') return []
  if (!text.startsWith('/')) throw refuse(`the pointer ${excerpt(text)} must be empty or begin with /.`)
  if (/~(?![01])/.test(text)) throw refuse(`the pointer ${excerpt(text)} has a ~ that is not followed by 0 or 1.`)
  return text
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function shown(path: readonly string[]): string {
  const text = path.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  return text === '' ? 'the whole' : excerpt(text)
}

type List = readonly Json[]
type Members = Readonly<Record<string, Json>>

function isList(value: Json): value is List {
  return Array.isArray(value)
}

function isObject(value: Json): value is Members {
  return typeof value === 'object' && value !== null && !isList(value)
}

function valueAt(document: Json, path: readonly string[], refuse: Refuse): Json {
  return path.reduce((value, token) => childOf(value, token, path, refuse), document)
}

function childOf(value: Json, token: string, path: readonly string[], refuse: Refuse): Json {
  const child = isList(value)
    ? value[listIndex(token, value.length - 1) ?? -1]
    : isObject(value) && Object.hasOwn(value, token)
      ? value[token]
      : undefined
  if (child === undefined) throw refuse(`there is nothing at ${shown(path)}.`)
  return child
}

// RFC 6901 §4: no sign and no leading zero.
function listIndex(token: string, last: number): number | undefined {
  return /^(0|[1-9]\d{0,8})$/.test(token) && Number(token) <= last ? Number(token) : undefined
}

/** The document with the parent of a place replaced by what `change` makes of it. */
function changedAt(
  value: Json,
  path: readonly string[],
  depth: number,
  change: (parent: Json, token: string) => Json,
  refuse: Refuse,
): Json {
  const token = path[depth] ?? ''
  if (depth === path.length - 1) return change(value, token)
  const child = changedAt(childOf(value, token, path, refuse), path, depth + 1, change, refuse)
  return isList(value) ? value.with(Number(token), child) : withMember(value as Members, token, child)
}

function added(document: Json, path: readonly string[], value: Json, refuse: Refuse): Json {
  if (path.length === 0) return value
  const change = (parent: Json, token: string): Json => {
    if (isObject(parent)) return withMember(parent, token, value)
    const index = isList(parent) ? (token === '-' ? parent.length : listIndex(token, parent.length)) : undefined
    if (!isList(parent) || index === undefined) throw refuse(`nothing can be added at ${shown(path)}.`)
    return parent.toSpliced(index, 0, value)
  }
  return changedAt(document, path, 0, change, refuse)
}

function removed(document: Json, path: readonly string[], refuse: Refuse): Json {
  if (path.length === 0) throw refuse('the whole cannot be removed.')
  const change = (parent: Json, token: string): Json => {
    childOf(parent, token, path, refuse)
    if (isList(parent)) return parent.toSpliced(Number(token), 1)
    return Object.fromEntries(Object.entries(parent as Members).filter(([name]) => name !== token))
  }
  return changedAt(document, path, 0, change, refuse)
}

// By definition, not by assignment: a member may be called __proto__.
function withMember(members: Members, name: string, value: Json): Members {
  return Object.fromEntries([...Object.entries(members).filter(([own]) => own !== name), [name, value]])
}

/** Whether two JSON values are equal (RFC 6902 §4.6): objects whatever the order of their members. */
export function sameJson(a: Json, b: Json): boolean {
  if (isList(a) || isList(b)) {
    return isList(a) && isList(b) && a.length === b.length && a.every((one, index) => sameJson(one, b[index] ?? null))
  }
  if (!isObject(a) || !isObject(b)) return a === b
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameJson(a[name] ?? null, b[name] ?? null))
  )
}

/** The values in a value, itself included; counting ends soon after `most`. */
function valuesIn(value: Json, most: number): number {
  let count = 1
  const children = isList(value) ? value : isObject(value) ? Object.values(value) : []
  for (const child of children) {
    if (count > most) break
    count += valuesIn(child, most - count)
  }
  return count
}
