/** How long a new token is good for, as it is offered. */
export const EXPIRIES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: 'date', label: 'Until a date…' },
  { value: 'never', label: 'No end' },
] as const

/** One of those lengths; `date` wants a day besides. */
export type Expiry = (typeof EXPIRIES)[number]['value']

const DAY_MS = 86_400_000

/**
 * When a token ends, as RFC 3339; null for never. A date, `2027-01-31`, is the last day on which it works, in the
 * reader's zone; undefined where none is given yet.
 */
export function expiresAt(expiry: Expiry, date: string, nowMs: number): string | null | undefined {
  if (expiry === 'never') return null
  if (expiry !== 'date') return new Date(nowMs + Number(expiry) * DAY_MS).toISOString()
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const end = new Date(year, month - 1, day + 1)
  return date === '' || Number.isNaN(end.getTime()) ? undefined : end.toISOString()
}
