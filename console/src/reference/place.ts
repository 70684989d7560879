import { useSyncExternalStore } from 'react'

/** Where one is in the reference; all of it stands in the address. */
export interface Place {
  readonly dialect: string | null
  readonly operationId: string | null
  /** The status whose answer is shown. */
  readonly status: number | null
}

const START = '/reference'
const listeners = new Set<() => void>()
let known = { href: '', place: { dialect: null, operationId: null, status: null } as Place }

/** The address of a place. */
export function hrefOf({ dialect, operationId, status }: Partial<Place>): string {
  const path = [dialect, operationId].flatMap((part) => (part == null ? [] : [encodeURIComponent(part)]))
  return `${[START, ...path].join('/')}${status == null ? '' : `?status=${status}`}`
}

/** Goes to a place; the browser's way back leads here unless it is replaced. */
export function goTo(place: Partial<Place>, options: { readonly isReplaced?: boolean } = {}): void {
  const href = hrefOf(place)
  if (options.isReplaced === true) history.replaceState(null, '', href)
  else history.pushState(null, '', href)
  for (const listener of listeners) listener()
}

function read(): Place {
  const href = location.pathname + location.search
  if (href !== known.href) {
    const [dialect = null, operationId = null] = location.pathname
      .slice(START.length)
      .split('/')
      .filter(Boolean)
      .map(decode)
    const status = new URLSearchParams(location.search).get('status') ?? ''
    known = { href, place: { dialect, operationId, status: /^\d{3}$/.test(status) ? Number(status) : null } }
  }
  return known.place
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Where one is now. */
export function usePlace(): Place {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    addEventListener('popstate', listener)
    return () => {
      listeners.delete(listener)
      removeEventListener('popstate', listener)
    }
  }, read)
}
