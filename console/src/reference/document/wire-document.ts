import type { Parameter } from './document.ts'
import type { Schema, Schemas } from './schema.ts'

/** A body in one media type. */
export interface WireContent {
  readonly schema?: Schema
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly summary?: string; readonly value: unknown }>>
}

/** An operation as OpenAPI describes it. */
export interface WireOperation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly {
    readonly name: string
    readonly in: Parameter['in']
    readonly required?: boolean
    readonly description?: string
    readonly schema?: Schema
    readonly example?: unknown
  }[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, WireContent>> }
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string
        readonly headers?: Readonly<Record<string, { readonly example?: unknown }>>
        readonly content?: Readonly<Record<string, WireContent>>
      }
    >
  >
}

/** An OpenAPI 3.1 document as `/openapi/<name>.json` answers it. */
export interface WireDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, WireOperation>>>>
  readonly components: {
    readonly schemas?: Schemas
    readonly securitySchemes: Readonly<Record<string, { readonly description?: string }>>
  }
}
