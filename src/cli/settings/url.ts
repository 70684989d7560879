/** Whether a text is the URL of a PostgreSQL database, with a host or a name at least. */
export function isDatabaseUrl(value: string): boolean {
  const url = URL.parse(value)
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && (url.host !== '' || url.pathname.length > 1)
}

/** Whether a text is the URL of a Redis or Valkey server. */
export function isRedisUrl(value: string): boolean {
  const url = URL.parse(value)
  return url !== null && /^rediss?:$/.test(url.protocol) && url.host !== '' && /^\/?\d*$/.test(url.pathname)
}

const MASK = '********'

/** A URL as it may be shown: its password, in whatever place, is masked. */
export function withoutPassword(value: string): string {
  const url = URL.parse(value)
  if (url === null) return MASK
  if (url.password !== '') url.password = MASK
  for (const name of url.searchParams.keys()) if (/pass/i.test(name)) url.searchParams.set(name, MASK)
  return url.href
}

/** What stands for a secret that is not shown at all. */
export function masked(value: unknown): unknown {
  return value === null ? null : MASK
}

/**
 * The address to open for a server that listens at one: where that is every address of the machine (0.0.0.0, [::]), which is
 * nowhere to go to, the machine's own.
 */
export function addressToOpen(url: string): string {
  return url.replace(/^http:\/\/0\.0\.0\.0:/, 'http://127.0.0.1:').replace(/^http:\/\/\[::\]:/, 'http://[::1]:')
}
