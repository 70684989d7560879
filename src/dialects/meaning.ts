import type { Schema } from './operation.ts'
import type { Members } from './shape.ts'

/** What each member means, by name: a sentence with what its schema cannot say, such as a unit or what null stands for. */
export type Meanings<N extends PropertyKey> = Readonly<Record<N, string>>

/** A schema with what it means at the place where it is used. One with a title stays the one it is, and is referred to. */
export function about(schema: Schema, meaning: string): Schema {
  return 'title' in schema ? { $ref: schema, description: meaning } : { ...schema, description: meaning }
}

/** Schemas by name, each with what it means. */
export function describedSchemas<M extends Readonly<Record<string, Schema>>>(
  meanings: Meanings<keyof M>,
  schemas: M,
): Readonly<Record<keyof M, Schema>> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, about(schema, meanings[name as keyof M])]),
  ) as Readonly<Record<keyof M, Schema>>
}

/** The members of an object, each with what it means; they are read as before. */
export function describedMembers<M extends Members>(meanings: Meanings<keyof M>, members: M): M {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      name,
      { ...member, schema: about(member.schema, meanings[name as keyof M]) },
    ]),
  ) as unknown as M
}
