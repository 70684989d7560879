import { useEffect } from 'react'

/** Names the page in the browser: the most particular first. */
export function useTitle(...parts: readonly string[]): void {
  const title = [...parts, 'Rollcall API reference'].join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}
