import type { ErrorCode, ErrorReason, Where } from '../core/error.ts'
import type { ResponseHeader } from './response-headers.ts'

/** A JSON Schema (2020-12), as OpenAPI 3.1 embeds it. */
export type Schema = Readonly<Record<string, unknown>>

/** What a route promises, for its OpenAPI document and the reference. */
export interface Operation {
  /** Unique within the dialect: `listUsers`. */
  readonly id: string
  readonly summary: string
  readonly description?: string
  readonly parameters: readonly ParameterDescription[]
  readonly body?: {
    readonly required: boolean
    readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example: unknown }>>
  }
  readonly responses: readonly SuccessResponse[]
  /**
   * Refusals besides the ones every route has, such as 401, 403, 405, 429, 500 and 503, and every route with a body: 408,
   * 413, 415 and malformed JSON. Their examples come from `renderError`.
   */
  readonly refusals: readonly Refusal[]
}

/** A parameter as an OpenAPI document lists it. */
export interface ParameterDescription {
  readonly name: string
  readonly in: 'query' | 'path' | 'header'
  readonly required: boolean
  readonly description: string
  readonly schema: Schema
  readonly example?: unknown
}

/** One way an operation may succeed. */
export interface SuccessResponse {
  readonly status: number
  readonly description: string
  readonly mediaType: string | null
  readonly schema?: Schema
  readonly example?: unknown
  /** Which of these headers it always has, besides the ETag of what may be kept. */
  readonly headers?: readonly ResponseHeader[]
}

/** One way an operation may refuse; `example` is the sentence it would say. */
export interface Refusal {
  readonly code: ErrorCode
  readonly reason?: ErrorReason
  readonly example: string
  /** The place the example is about. */
  readonly where?: Where
  /** The permission the example misses. */
  readonly permission?: string
}
