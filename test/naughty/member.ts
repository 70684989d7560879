import type { Schema } from '../../src/dialects/operation.ts'

/** A place in a JSON value: member names and indexes from the outside in. */
export type Place = readonly (string | number)[]

/** A place in a body that takes some form of text, and how a text is put there. */
export interface Member {
  readonly name: string
  /** Whether what is sent there is for the directory to keep; a member the server only writes may be sent as anything. */
  readonly isKept: boolean
  readonly in: (body: unknown, text: unknown) => unknown
}

/** Every member of a body: those its schema names, and those its example has. */
export function membersOf(schema: Schema, example: unknown): readonly Member[] {
  const places = new Map<string, Member>()
  const add = (at: Schema, place: Place, form: string, shaped: (text: unknown) => unknown): void => {
    const name = `${place.join('.')}${form}`
    places.set(name, { name, isKept: at['readOnly'] !== true, in: (body, text) => put(body, place, shaped(text)) })
  }
  const visit = (at: Schema, value: unknown, place: Place): void => {
    const { properties, items, additionalProperties } = at as {
      readonly properties?: Readonly<Record<string, Schema>>
      readonly items?: Schema
      readonly additionalProperties?: Schema | boolean
    }
    if (place.length > 0) add(at, place, '', (text) => text)
    for (const [name, member] of Object.entries(properties ?? {})) visit(member, childOf(value, name), [...place, name])
    if (items) {
      if (place.length > 0) add(at, place, '.*', (text) => [text])
      if (Array.isArray(value) && isObject(value[0])) visit(items, value[0], [...place, 0])
    }
    if (isObject(additionalProperties) && place.length > 0) {
      add(at, place, '.value', (text) => ({ name: text }))
      add(at, place, '.name', (text) => ({ [String(text)]: 'value' }))
    }
    // Where a schema leaves it open, as in one of several, the example says what may stand there.
    if (!properties && isObject(value))
      for (const [name, one] of Object.entries(value)) visit({}, one, [...place, name])
    if (!properties && !items && Array.isArray(value)) value.forEach((one, index) => visit({}, one, [...place, index]))
  }
  visit(schema, example, [])
  return [...places.values()]
}

function childOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

function put(body: unknown, [name, ...rest]: Place, value: unknown): unknown {
  if (name === undefined) return value
  if (Array.isArray(body)) return body.map((one: unknown, index) => (index === name ? put(one, rest, value) : one))
  return { ...(isObject(body) ? body : {}), [name]: put(childOf(body, String(name)), rest, value) }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
