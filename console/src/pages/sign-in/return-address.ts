const START = '/'

/**
 * Where to go after signing in: a page of the console as the router writes it, without `/console`. Whatever else stands
 * in an address leads to the start, so that no link can make the sign-in send people elsewhere.
 */
export function returnAddress(to: string | undefined): string {
  if (to === undefined || !/^\/(?![/\\])/.test(to) || hasControl(to)) return START
  const origin = 'http://console.invalid'
  const { origin: reached, pathname, search, hash } = new URL(to, origin)
  if (reached !== origin) return START
  const path = pathname.replace(/^\/console(?=\/|$)/, '')
  // Also after that: `/console//elsewhere` would be another origin again.
  if (!/^\/(?![/\\])/.test(path) || /^\/(?:sign-in|setup)?(?:\/|$)/.test(path)) return START
  return path + search + hash
}

/** Browsers drop tabs and line ends from an address before they read it. */
function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) < 32) return true
  return false
}
