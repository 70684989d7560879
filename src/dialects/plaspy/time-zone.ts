import { setImmediate } from 'node:timers/promises'

/** Whether a text is the name of an IANA time zone; an offset such as `+01:00` is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

// A day on which no zone is about to change its name.
const DAY = Date.UTC(2026, 0, 1)
const ZONES_AT_ONCE = 10

let described: Promise<Readonly<Record<string, string>>> | undefined

/** IANA time zones, each with its name in English: `America/New_York` is `Eastern Time`. */
export function timeZones(): Promise<Readonly<Record<string, string>>> {
  described ??= describeZones()
  return described
}

// Half a millisecond per zone: others get their turn in between.
async function describeZones(): Promise<Readonly<Record<string, string>>> {
  const zones: Record<string, string> = { UTC: 'Coordinated Universal Time' }
  for (const [index, zone] of Intl.supportedValuesOf('timeZone').entries()) {
    if (index % ZONES_AT_ONCE === 0) await setImmediate()
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longGeneric' })
    zones[zone] = format.formatToParts(DAY).find(({ type }) => type === 'timeZoneName')?.value ?? zone
  }
  return zones
}
