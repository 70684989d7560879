import { hash } from 'node:crypto'

/** A map that forgets what was not asked for longest. */
export interface Memory<T> {
  get(key: string): T | undefined
  set(key: string, value: T): void
}

/** Longer keys are remembered by their digests: a question may be long, and there are many. */
const KEY_LENGTH_MAX = 200

/** A memory of so many things. */
export function memory<T>(most: number): Memory<T> {
  const known = new Map<string, T>()
  const put = (key: string, value: T) => {
    known.delete(key)
    known.set(key, value)
  }
  return {
    get(key) {
      const short = shortened(key)
      const value = known.get(short)
      if (value !== undefined) put(short, value)
      return value
    },
    set(key, value) {
      put(shortened(key), value)
      if (known.size <= most) return
      const oldest = known.keys().next()
      if (!oldest.done) known.delete(oldest.value)
    },
  }
}

// Keys are SQL, JSON, words or numbers: none of them begins so.
function shortened(key: string): string {
  return key.length > KEY_LENGTH_MAX ? `sha256 ${hash('sha256', key, 'base64url')}` : key
}
