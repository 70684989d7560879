import type { RawAnswer } from '../request.ts'
import type { Expected } from './fixture.ts'

const REGEX = /^\/(.*)\/$/s
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const PLACEHOLDERS: ReadonlyMap<unknown, (value: unknown) => boolean> = new Map([
  ['<any>', () => true],
  ['<string>', (value: unknown) => typeof value === 'string'],
  ['<integer>', (value: unknown) => Number.isInteger(value)],
  ['<boolean>', (value: unknown) => typeof value === 'boolean'],
  ['<uuid>', (value: unknown) => typeof value === 'string' && UUID.test(value)],
  ['<instant>', (value: unknown) => typeof value === 'string' && INSTANT.test(value)],
])

/** Every way in which an answer is not the expected one, a sentence each; none when it is. */
export function answerDifferences(expected: Expected, answer: RawAnswer): readonly string[] {
  const found: string[] = []
  if (answer.status !== expected.status) found.push(`status: expected ${expected.status}, got ${answer.status}`)
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    found.push(...differences(value, answer.headers[name.toLowerCase()] ?? null, `header ${name}`))
  }
  return [...found, ...bodyDifferences(expected.body, answer.text)]
}

function bodyDifferences(expected: unknown, text: string): readonly string[] {
  if (isObject(expected) && Object.keys(expected).join() === 'text') return differences(expected['text'], text, 'body')
  if (expected === '<any>') return []
  if (expected === null) return text === '' ? [] : [`body: expected none, got ${shown(text)}`]
  try {
    return differences(expected, JSON.parse(text), 'body')
  } catch {
    return [`body: expected JSON, got ${shown(text)}`]
  }
}

/** Every place in which a JSON value is not what a fixture expects, with its path. */
export function differences(expected: unknown, actual: unknown, at: string): readonly string[] {
  const holds = PLACEHOLDERS.get(expected)
  if (holds) return holds(actual) ? [] : [`${at}: expected ${String(expected)}, got ${shown(actual)}`]
  const pattern = typeof expected === 'string' ? REGEX.exec(expected)?.[1] : undefined
  if (pattern !== undefined) {
    const matches = typeof actual === 'string' && new RegExp(pattern, 'u').test(actual)
    return matches ? [] : [`${at}: expected ${String(expected)}, got ${shown(actual)}`]
  }
  if (Array.isArray(expected)) return listDifferences(expected, actual, at)
  if (isObject(expected)) return objectDifferences(expected, actual, at)
  return expected === actual ? [] : [`${at}: expected ${shown(expected)}, got ${shown(actual)}`]
}

function listDifferences(expected: readonly unknown[], actual: unknown, at: string): readonly string[] {
  if (!Array.isArray(actual)) return [`${at}: expected a list, got ${shown(actual)}`]
  const items: readonly unknown[] = actual
  if (expected[0] === '<each>') {
    if (items.length === 0) return [`${at}: expected one item or more, got none`]
    return items.flatMap((item, index) => differences(expected[1], item, `${at}.${index}`))
  }
  const found = expected.flatMap((item, index) =>
    index < items.length ? differences(item, items[index], `${at}.${index}`) : [],
  )
  if (items.length !== expected.length) found.push(`${at}: expected ${expected.length} items, got ${items.length}`)
  return found
}

function objectDifferences(expected: Record<string, unknown>, actual: unknown, at: string): readonly string[] {
  if (!isObject(actual)) return [`${at}: expected an object, got ${shown(actual)}`]
  const isOpen = '...' in expected
  const found: string[] = []
  const order: string[] = []
  for (const [written, value] of Object.entries(expected)) {
    if (written === '...') continue
    const name = written.replace(/\?$/, '')
    if (Object.hasOwn(actual, name)) {
      order.push(name)
      found.push(...differences(value, actual[name], `${at}.${name}`))
    } else if (name === written) found.push(`${at}.${name}: expected ${shown(value)}, got nothing`)
  }
  const named = Object.keys(actual).filter((name) => order.includes(name))
  const stray = Object.keys(actual).filter((name) => !order.includes(name))
  if (!isOpen) found.push(...stray.map((name) => `${at}.${name}: expected nothing, got ${shown(actual[name])}`))
  if (named.join() !== order.join())
    found.push(`${at}: expected the order ${order.join(', ')}, got ${named.join(', ')}`)
  return found
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 400 ? `${text.slice(0, 400)}…` : text
}
