import type { CustomerTree } from './customer.ts'
import { fieldRule, splitField, type Field } from './field.ts'
import { ANY, type Comparison, type Filter, type TextPart, type Value } from './filter.ts'
import { compareCodePoints, fold } from './text.ts'
import type { Json, User } from './user.ts'

/** What a filter means, user by user. Engines compile filters to something faster that must agree with this. */
export function matches(filter: Filter, user: User, tree: CustomerTree): boolean {
  switch (filter.kind) {
    case 'all':
      return filter.of.every((one) => matches(one, user, tree))
    case 'any':
      return filter.of.some((one) => matches(one, user, tree))
    case 'not':
      return !matches(filter.of, user, tree)
    case 'compare': {
      const key = comparable(filter.field, filter.value)
      return keysOf(filter.field, user).some((own) => holds(filter.op, compareKeys(own, key)))
    }
    case 'in': {
      const keys = new Set(filter.values.map((value) => comparable(filter.field, value)))
      return keysOf(filter.field, user).some((own) => keys.has(own))
    }
    case 'text': {
      const parts = foldParts(filter.parts)
      return keysOf(filter.field, user).some((own) => matchesParts(parts, String(own)))
    }
    case 'present':
      return keysOf(filter.field, user).length > 0
    case 'subtree':
      return tree.isWithin(user.customerId, filter.customerId)
  }
}

/** The keys a field of a user compares on: none when it is absent, several for a list. */
export function keysOf(field: Field, user: User): readonly Value[] {
  const { name, entry } = splitField(field)
  const value: unknown = user[name]
  if (entry !== null) return entryKeys(value as Readonly<Record<string, Json>>, entry)
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value.map((one) => fold(String(one)))
  if (typeof value === 'object') return Object.values(value as Readonly<Record<string, Json>>).flatMap(attributeKeys)
  return [comparable(field, value as Value)]
}

function entryKeys(map: Readonly<Record<string, Json>>, entry: string): readonly string[] {
  return Object.hasOwn(map, entry) ? attributeKeys(map[entry] ?? null) : []
}

/** The texts under which one entry of a map is found: scalars as text, lists by element, deeper structure not at all. */
export function attributeKeys(value: Json): readonly string[] {
  if (value === null) return []
  if (Array.isArray(value))
    return (value as readonly Json[]).flatMap((one) => (typeof one === 'object' ? [] : [fold(String(one))]))
  return typeof value === 'object' ? [] : [fold(String(value))]
}

/** The key a value is compared by under a field: folded texts, everything else as it is. */
export function comparable(field: Field, value: Value): Value {
  if (typeof value === 'number') return value
  const { kind } = fieldRule(field)
  if (kind === 'text' || kind === 'texts' || kind === 'map') return fold(value)
  return kind === 'id' ? value.toLowerCase() : value
}

/** Orders two keys of one field: numbers by size, texts by code point. */
export function compareKeys(a: Value, b: Value): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareCodePoints(String(a), String(b))
}

function holds(op: Comparison, order: number): boolean {
  switch (op) {
    case 'eq':
      return order === 0
    case 'gt':
      return order > 0
    case 'ge':
      return order >= 0
    case 'lt':
      return order < 0
    case 'le':
      return order <= 0
  }
}

/** A pattern on folded keys. Neighbouring runs become one, so that between two runs there is always ANY. */
export function foldParts(parts: readonly TextPart[]): readonly TextPart[] {
  const folded: TextPart[] = []
  for (const part of parts) {
    const last = folded.at(-1)
    if (part === ANY) {
      if (last !== ANY) folded.push(ANY)
    } else if (typeof last === 'string') folded[folded.length - 1] = last + fold(part)
    else if (fold(part) !== '') folded.push(fold(part))
  }
  return folded
}

/** Whether a text is a pattern of `foldParts`. */
// Leftmost match of each run is always enough, so that the cost is linear in runs times length.
export function matchesParts(parts: readonly TextPart[], text: string): boolean {
  let at = 0
  let free = false
  for (const [index, part] of parts.entries()) {
    if (part === ANY) {
      free = true
      continue
    }
    if (!free) {
      if (!text.startsWith(part, at)) return false
      at += part.length
    } else if (index === parts.length - 1) {
      return text.length - part.length >= at && text.endsWith(part)
    } else {
      const found = text.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    free = false
  }
  return free || at === text.length
}
