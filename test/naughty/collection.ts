import { readFileSync } from 'node:fs'

/** A text, or one that is too long to be written out: a piece and how often it stands there. */
type Written = string | { readonly repeat: string; readonly times: number }

const written = (one: Written): string => (typeof one === 'string' ? one : one.repeat.repeat(one.times))

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
}

/** Strings that have broken other programs. */
export const STRINGS: readonly string[] = Object.values(
  (read('strings.json') as { readonly groups: Readonly<Record<string, readonly Written[]>> }).groups,
)
  .flat()
  .map(written)

/** Percent-encodings, most of them malformed, as they are put into a URL. */
export const { encodings: ENCODINGS } = read('percent-encodings.json') as { readonly encodings: readonly string[] }

const texts = read('json-texts.json') as { readonly members: readonly string[]; readonly bodies: readonly Written[] }

/** JSON texts that take the place of one member of a body. */
export const MEMBER_TEXTS = texts.members

/** Texts that take the place of a whole body. */
export const BODY_TEXTS: readonly string[] = texts.bodies.map(written)

/** A text percent-encoded, halves of surrogate pairs as the three bytes that UTF-8 does not allow for them. */
export function percentEncoded(text: string): string {
  return Array.from(text, (character) => {
    if (character.isWellFormed()) return encodeURIComponent(character)
    const unit = character.charCodeAt(0)
    const bytes = [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]
    return bytes.map((byte) => `%${byte.toString(16)}`).join('')
  }).join('')
}

/** The bytes a percent-encoding stands for, whether or not they are UTF-8; what is no encoding stands for itself. */
export function bytesOf(encoding: string): Buffer {
  return Buffer.from(
    encoding.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  )
}

const WHOLE = process.env['ROLLCALL_NAUGHTY'] === 'all'

/**
 * Of a list the part that is tried in one place: every nth, another part in every place, so that all are tried many
 * times over; everything everywhere with ROLLCALL_NAUGHTY=all.
 */
export function share<T>(all: readonly T[], place: number, nth: number): readonly T[] {
  return WHOLE ? all : all.filter((_, index) => index % nth === place % nth)
}
