const NAME = 'rollcall-session'
// RFC 6265bis §4.1.3.2: a cookie of this name was set by this very host, over TLS, for all of its paths.
const SECURE_NAME = `__Host-${NAME}`

/**
 * The session in a `Cookie` header; undefined where there is none, or several, of which one was slipped in. Where links are https,
 * only a cookie that came by TLS counts.
 */
export function sessionIn(cookie: string, origin: string): string | undefined {
  const prefix = `${nameAt(origin)}=`
  const found = cookie.split(';').flatMap((pair) => {
    const text = pair.trim()
    return text.startsWith(prefix) ? [text.slice(prefix.length)] : []
  })
  return found.length === 1 ? found[0] : undefined
}

/** The `Set-Cookie` that gives a session to a browser for so many seconds. */
export function cookieOf(secret: string, lifetimeS: number, origin: string): string {
  const secure = isSecure(origin) ? '; Secure' : ''
  return `${nameAt(origin)}=${secret}; Path=/; Max-Age=${lifetimeS}; HttpOnly; SameSite=Strict${secure}`
}

/** The `Set-Cookie` that takes it back. */
export function noCookie(origin: string): string {
  return cookieOf('', 0, origin)
}

function nameAt(origin: string): string {
  return isSecure(origin) ? SECURE_NAME : NAME
}

function isSecure(origin: string): boolean {
  return origin.startsWith('https:')
}
