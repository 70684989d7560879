import type { Schema, Schemas } from './schema.ts'

/** One dialect as its OpenAPI document describes it. */
export interface DialectDocument {
  readonly name: string
  readonly title: string
  readonly version: string
  readonly description: string
  /** How a token is sent, in words. */
  readonly token: string
  readonly takesBareTokens: boolean
  readonly schemas: Schemas
  readonly operations: readonly Operation[]
}

/** One operation, its dialect included. */
export interface Operation {
  readonly dialect: string
  readonly id: string
  /** In capitals. */
  readonly method: string
  /** `/users/{id}` */
  readonly path: string
  readonly summary: string
  readonly description: string
  /** What it is about, for navigation: `Users`. */
  readonly group: string
  /** The permission it needs; `any` where any token will do, null where none is needed. */
  readonly permission: string | null
  readonly parameters: readonly Parameter[]
  readonly body: { readonly isRequired: boolean; readonly formats: readonly BodyFormat[] } | null
  readonly answers: readonly StatusAnswer[]
}

/** What an operation takes beside its body. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly isRequired: boolean
  readonly description: string
  readonly schema: Schema
  /** As it would be typed; empty where there is none. */
  readonly example: string
}

/** A body in one of the media types an operation takes. */
export interface BodyFormat {
  readonly mediaType: string
  readonly schema: Schema
  readonly example: unknown
}

/** What comes with one status. */
export interface StatusAnswer {
  readonly status: number
  readonly description: string
  readonly headers: readonly { readonly name: string; readonly example: string }[]
  readonly formats: readonly {
    readonly mediaType: string
    readonly schema: Schema
    readonly examples: readonly Example[]
  }[]
}

/** An example of an answer's body. */
export interface Example {
  readonly name: string
  readonly summary: string
  readonly value: unknown
}
