import { CurlFault } from './fault.ts'
import type { Word } from './word.ts'

/**
 * A URL as curl takes it, without what is not sent: `http://` where no scheme is said, no fragment, and the credentials
 * apart. One that begins with a slash or with a variable stays without a host. Throws `CurlFault`.
 */
export function splitUrl(word: Word): { readonly address: string; readonly credentials: string | null } {
  const { at, end } = word
  const text = word.text.trim()
  if (text === '' || text === '-') throw new CurlFault('There is no URL.', at, end)
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\u007f]/.test(text)) {
    throw new CurlFault('A URL has no spaces: %20 or + stands for one.', at, end)
  }
  const written = text.replace(/#[^]*$/, '')
  if (/^[/$]|^\{\{/.test(written)) return { address: written, credentials: null }
  const scheme = /^([a-z][\w+.-]*):\/\//i.exec(written)?.[1]
  if (scheme !== undefined && !/^https?$/i.test(scheme)) {
    throw new CurlFault(`Only http and https are spoken here, not ${scheme}.`, at, end)
  }
  const address = scheme === undefined ? `http://${written}` : written
  const [, start = '', authority = '', rest = ''] = /^(https?:\/\/)([^/?]*)([^]*)$/i.exec(address) ?? []
  const sign = authority.lastIndexOf('@')
  if (sign === -1) return { address, credentials: null }
  return { address: start + authority.slice(sign + 1) + rest, credentials: decoded(authority.slice(0, sign)) }
}

function decoded(credentials: string): string {
  const written = credentials.includes(':') ? credentials : `${credentials}:`
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}
