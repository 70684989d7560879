import { RollcallFault } from '@rollcall/sdk'

interface Faults {
  /** What is wrong with one field, to be shown beside it. */
  readonly of: (field: string) => string | undefined
  /** What is wrong with no field of the form, with the request id to ask with. */
  readonly rest: string | null
}

/** Spreads a refusal over the fields of a form, by its JSON pointer or parameter. */
export function faultsOf(error: unknown, fields: readonly string[]): Faults {
  if (error === null || error === undefined) return { of: () => undefined, rest: null }
  if (!(error instanceof RollcallFault))
    return { of: () => undefined, rest: error instanceof Error ? error.message : 'Something went wrong.' }
  const { pointer, parameter } = error.problem
  const meant = fields.find((field) => pointer?.split('/').includes(field) === true || parameter === field)
  if (meant !== undefined) return { of: (field) => (field === meant ? error.message : undefined), rest: null }
  const request = error.requestId === null || error.status < 500 ? '' : ` (request ${error.requestId})`
  return { of: () => undefined, rest: error.message + request }
}
