/** A map that forgets what was not asked for longest. */
export interface Memory<T> {
  get(key: string): T | undefined
  set(key: string, value: T): void
}

/** A memory of so many things. */
export function memory<T>(most: number): Memory<T> {
  const known = new Map<string, T>()
  const put = (key: string, value: T) => {
    known.delete(key)
    known.set(key, value)
  }
  return {
    get(key) {
      const value = known.get(key)
      if (value !== undefined) put(key, value)
      return value
    },
    set(key, value) {
      put(key, value)
      if (known.size <= most) return
      const oldest = known.keys().next()
      if (!oldest.done) known.delete(oldest.value)
    },
  }
}
