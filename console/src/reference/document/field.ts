import { constraintsOf, defaultOf, optionsOf, resolve, typeOf, type Schema, type Schemas } from './schema.ts'

/** A member of an object, or what stands for one, as a reference lists it. */
export interface Field {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
  readonly description: string
  readonly constraints: readonly string[]
  readonly options: readonly string[]
  /** As JSON; empty where there is none. */
  readonly default: string
  /** Read when they are asked for: a customer has customers. */
  readonly fields: () => readonly Field[]
  readonly hasFields: boolean
}

/** The members of an object, of the objects in a list, or of each of several forms a value may have. */
export function fieldsOf(schema: Schema, schemas: Schemas): readonly Field[] {
  const { properties, required = [], additionalProperties, items, anyOf, oneOf } = resolve(schema, schemas)
  if (items) return fieldsOf(items, schemas)
  const choices = (anyOf ?? oneOf)?.filter((choice) => hasFields(choice, schemas))
  if (choices) {
    if (choices.length === 1 && choices[0]) return fieldsOf(choices[0], schemas)
    return choices.map((choice, index) => fieldOf(choiceName(choice, index, schemas), choice, false, schemas))
  }
  const named = Object.entries(properties ?? {}).map(([name, member]) =>
    fieldOf(name, member, required.includes(name), schemas),
  )
  if (typeof additionalProperties !== 'object') return named
  return [...named, fieldOf(properties ? 'any other name' : 'any name', additionalProperties, false, schemas)]
}

function hasFields(schema: Schema, schemas: Schemas): boolean {
  const { properties, additionalProperties, items, anyOf, oneOf } = resolve(schema, schemas)
  if (items) return hasFields(items, schemas)
  if (anyOf ?? oneOf) return (anyOf ?? oneOf ?? []).some((choice) => hasFields(choice, schemas))
  return Object.keys(properties ?? {}).length > 0 || typeof additionalProperties === 'object'
}

// What tells forms of a value apart is often a member with one value only, such as op.
function choiceName(choice: Schema, index: number, schemas: Schemas): string {
  const { title, properties = {} } = resolve(choice, schemas)
  for (const [name, member] of Object.entries(properties)) {
    const { const: only, enum: options } = resolve(member, schemas)
    const value = only ?? (options?.length === 1 ? options[0] : undefined)
    if (value !== undefined) return `${name}: ${JSON.stringify(value)}`
  }
  return title ?? `form ${index + 1}`
}

function fieldOf(name: string, schema: Schema, isRequired: boolean, schemas: Schemas): Field {
  const resolved = resolve(schema, schemas)
  return {
    name,
    type: typeOf(resolved, schemas),
    isRequired,
    description: resolved.description ?? '',
    constraints: constraintsOf(resolved, schemas),
    options: optionsOf(resolved, schemas),
    default: defaultOf(resolved),
    fields: () => fieldsOf(resolved, schemas),
    hasFields: hasFields(resolved, schemas),
  }
}
