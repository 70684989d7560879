import { invalid } from '../../core/error.ts'
import { excerpt } from '../parameter.ts'

/** How users and pictures are named: globally by a DON, within the organisation by a display id. */
export interface Ids {
  /** `don:identity:dvrv-us-1:devo/<org>:sysu/7` */
  readonly user: (number: number) => string
  /** The number behind either form of a user's id. Throws `invalid` with reason `format` for anything else. */
  readonly parseUser: (text: string, at: string) => number
  /** Both forms of a picture's id from either. Throws `invalid` with reason `format` for anything else. */
  readonly parsePicture: (text: string, at: string) => { readonly id: string; readonly displayId: string }
}

/** `SYSU-7` */
export function displayId(number: number): string {
  return `SYSU-${number}`
}

/** The ids of an organisation whose users' DONs begin with `donPrefix`. */
export function ids(donPrefix: string): Ids {
  const users = `${donPrefix}:sysu/`
  // A picture is an artifact, which DevRev files under `core` where users are under `identity`.
  const pictures = `${donPrefix.replace(/^don:identity:/, 'don:core:')}:artifact/`
  return {
    user: (number) => `${users}${number}`,
    parseUser: (text, at) => Number(ordinal(text, [users, 'SYSU-'], at)),
    parsePicture(text, at) {
      const number = ordinal(text, [pictures, 'ARTIFACT-'], at)
      return { id: `${pictures}${number}`, displayId: `ARTIFACT-${number}` }
    },
  }
}

function ordinal(text: string, prefixes: readonly string[], at: string): string {
  const prefix = prefixes.find((one) => text.startsWith(one))
  const rest = prefix === undefined ? '' : text.slice(prefix.length)
  // At most 15 digits: every such number is exact.
  if (/^[1-9]\d{0,14}$/.test(rest)) return rest
  const allowed = prefixes.map((one) => `${one}<number>`)
  throw invalid('format', `${at} must be ${allowed.join(' or ')}.`, {
    in: 'body',
    name: at,
    allowed,
    value: excerpt(text),
  })
}
