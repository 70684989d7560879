import { invalid } from '../../core/error.ts'
import { assertAcceptable } from '../accept.ts'
import type { PublicCall } from '../dialect.ts'
import type { ParameterDescription } from '../operation.ts'
import { excerpt } from '../parameter.ts'

/** The one version of this API. */
export const VERSION = 'v1'

/** The request header that decides about an answer, besides those that do in every dialect. */
export const VARY = 'X-API-Version'

/** Throws `invalid` for a version other than v1, and with reason `not_acceptable` where no JSON is wanted. */
export function checkHeaders(call: Pick<PublicCall, 'header'>): void {
  const version = call.header('x-api-version')
  if (version !== undefined && version !== VERSION) {
    throw invalid('value', `X-API-Version must be ${VERSION}.`, {
      in: 'header',
      name: 'X-API-Version',
      allowed: [VERSION],
      value: excerpt(version),
    })
  }
  assertAcceptable(call.header('accept'), 'application/json')
}

/** The request headers as every operation lists them. */
export const HEADER_DESCRIPTIONS: readonly ParameterDescription[] = [
  {
    name: 'X-API-Version',
    in: 'header',
    required: false,
    description: 'The version of the API.',
    schema: { type: 'string', enum: [VERSION], default: VERSION },
  },
]
