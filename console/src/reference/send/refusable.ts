import type { HttpRequest } from '../curl/request.ts'

// Fetch standard §2.2.2: what a browser sets by itself or not at all. User-Agent is left alone by Chromium.
const FORBIDDEN = new Set(
  `accept-charset accept-encoding access-control-request-headers access-control-request-method connection content-length cookie
  cookie2 date dnt expect host keep-alive origin referer set-cookie te trailer transfer-encoding upgrade user-agent via`.split(
    /\s+/,
  ),
)

/** Headers of a request that a browser will not send as they are written. */
export function unsendableHeaders({ headers }: HttpRequest): readonly string[] {
  const names = headers.map(([name]) => name)
  return [...new Set(names.filter((name) => FORBIDDEN.has(name.toLowerCase()) || /^(?:sec|proxy)-/i.test(name)))]
}

/** Why a browser on this page cannot send a request at all; null where it can. */
export function unsendable({ method, url, headers, body }: HttpRequest, origin: string): string | null {
  if (!URL.canParse(url)) return `“${url}” is no URL.`
  if (new URL(url).origin !== origin) {
    return `This page only sends to ${origin}, the server that it is from. The code is for ${new URL(url).origin}: run it there.`
  }
  if (/^(?:CONNECT|TRACE|TRACK)$/i.test(method)) return `Browsers do not send ${method}.`
  if (body !== null && /^(?:GET|HEAD)$/.test(method))
    return `Browsers send no body with ${method}. Take it out, or run the code.`
  const strange = headers.find(([, value]) => Array.from(value).some((character) => character > '\u00ff'))
  return strange ? `Browsers send no such letters in a header: ${strange[0]}.` : null
}
