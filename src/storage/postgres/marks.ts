import { ANY, type TextPart } from '../../core/filter.ts'
import { COLUMNS, VALUE_FIELDS } from '../sql/columns.ts'
import { patternTrigrams, TRIGRAM_FIELDS, TRIGRAM_LENGTH } from '../sql/trigrams.ts'
import type { ValueKey } from '../sql/value-keys.ts'
import { openMarkList } from './mark-list.ts'
import type { UserRow } from './user-row.ts'

const TEXT_COLUMNS = TRIGRAM_FIELDS.map((field) => COLUMNS[field].name)

const list = openMarkList()

/**
 * The marks of a user that are hashes: of the trigrams of its texts, and of its values. Each once, all below zero, in order:
 * the server, which sorts those of each user to index them, sees at once that they are.
 */
export function hashMarks(id: string, row: UserRow, keys: readonly ValueKey[]): Int32Array {
  for (const group of id.split('-')) addTrigrams(group, SEEDS.id)
  for (const column of TEXT_COLUMNS) {
    const text = row[column]
    if (typeof text === 'string') addTrigrams(text, SEEDS.text)
  }
  for (const key of keys) {
    if (key[0] === VALUE_FIELDS.phones) addTrigrams(key[2], SEEDS.phones)
    for (const mark of valueMarks(key)) list.add(mark)
  }
  return list.take()
}

// Digits are in most ids, in many phones and in few names: apart, they say more.
const SEEDS = { text: 0, id: 0x2545f491, phones: 0x1b873593 } as const

/** The marks every user has who has a text of a folded pattern in a field; none where no run of it is long enough. */
export function patternMarks(field: string, parts: readonly TextPart[]): readonly number[] {
  const seed = field === 'id' || field === 'phones' ? SEEDS[field] : SEEDS.text
  return patternTrigrams(field === 'id' ? parts.flatMap(groupsOf) : parts).map((trigram) =>
    trigramMark(Array.from(trigram), 0, seed),
  )
}

// Ids are looked for group by group: half of the trigrams say as much.
function groupsOf(part: TextPart): readonly TextPart[] {
  return part === ANY ? [part] : part.split('-').flatMap((group) => [ANY, group])
}

/** The mark of a value of a field, in a certain entry or in any. */
export function valueMark(field: number, entry: string | null, folded: string): number {
  return entry === null ? hash(`v${field}${folded}`) : hash(`e${field}${entry}\0${folded}`)
}

/** The mark of having any value in an entry of a field. */
export function entryMark(field: number, entry: string): number {
  return hash(`p${field}${entry}`)
}

/** Whether a pattern is one text and nothing else. */
export function wholeText(parts: readonly TextPart[]): string | null {
  return parts.includes(ANY) ? null : parts.filter((part) => part !== ANY).join('')
}

function valueMarks([field, entry, folded]: ValueKey): readonly number[] {
  const any = valueMark(field, null, folded)
  const isMap = field === VALUE_FIELDS.tags || field === VALUE_FIELDS.attributes
  return isMap ? [any, valueMark(field, entry, folded), entryMark(field, entry)] : [any]
}

const SURROGATE = /[\ud800-\udfff]/

function addTrigrams(text: string, seed: number): void {
  if (text.length < TRIGRAM_LENGTH) return
  if (SURROGATE.test(text)) {
    const points = Array.from(text)
    for (let at = 0; at + TRIGRAM_LENGTH <= points.length; at++) list.add(trigramMark(points, at, seed))
    return
  }
  let a = text.charCodeAt(0)
  let b = text.charCodeAt(1)
  for (let at = 2; at < text.length; at++) {
    const c = text.charCodeAt(at)
    list.add(mixed(a, b, c, seed))
    a = b
    b = c
  }
}

function trigramMark(points: readonly string[], at: number, seed: number): number {
  const point = (place: number) => points[place]?.codePointAt(0) ?? 0
  return mixed(point(at), point(at + 1), point(at + 2), seed)
}

// Three code points as one number below zero. What shares one by chance does not pass the second look.
function mixed(a: number, b: number, c: number, seed: number): number {
  let mix = seed ^ Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35)
  mix ^= mix >>> 15
  return mix | TOP_BIT
}

/** FNV-1a over the units of a text, below zero. */
export function hash(text: string): number {
  let mix = 0x811c9dc5
  for (let at = 0; at < text.length; at++) mix = Math.imul(mix ^ text.charCodeAt(at), 0x01000193)
  return (mix ^ (mix >>> 16)) | TOP_BIT
}

const TOP_BIT = -2147483648
