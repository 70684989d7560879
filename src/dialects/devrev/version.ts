import { invalid } from '../../core/error.ts'
import type { PublicCall } from '../dialect.ts'
import { excerpt } from '../parameter.ts'

/** The header that names the version of the API on any call. */
export const VERSION_HEADER = 'X-Devrev-Version'

/** The one published version, meant where the header is absent. */
export const VERSION = '2022-10-20'

/** Throws `invalid` unless the call is for the version spoken here. */
export function assertVersion(call: PublicCall): void {
  const sent = call.header(VERSION_HEADER.toLowerCase())
  if (sent === undefined || sent === VERSION) return
  throw invalid('value', `${VERSION_HEADER} names a version that does not exist.`, {
    in: 'header',
    name: VERSION_HEADER,
    allowed: [VERSION],
    value: excerpt(sent),
  })
}
