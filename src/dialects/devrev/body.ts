import { DirectoryError } from '../../core/error.ts'
import type { PublicCall } from '../dialect.ts'
import { parseJson } from '../json-body.ts'
import { excerpt, readParameters } from '../parameter.ts'

const MEDIA_TYPE = 'application/json'

/**
 * The JSON value a POST sends. Nothing at all stands for `{}`; a body of another type, and a type without a body, are
 * refused with reason `media_type`. Beside a body there are no query parameters.
 */
export function bodyOf(call: PublicCall): unknown {
  readParameters({}, call.query)
  const sentType = call.header('content-type')
  const text = call.body?.text ?? ''
  if (text === '' && sentType === undefined) return {}
  if (text !== '' && call.body?.mediaType === MEDIA_TYPE) return parseJson(call.body)
  const fault = text === '' ? 'Content-Type is sent without a body.' : `Content-Type must be ${MEDIA_TYPE}.`
  throw new DirectoryError('invalid', fault, {
    reason: 'media_type',
    where: { in: 'header', name: 'Content-Type', allowed: [MEDIA_TYPE], value: excerpt(sentType ?? '') },
  })
}
