import { useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, type RefObject } from 'react'
import { announce } from '../widgets/announcer.tsx'

const heading = (main: HTMLElement): string => main.querySelector('h1')?.textContent.trim() ?? ''

/** The browser's title is the page's heading, also where that is known late, such as a user's name. */
export function usePageTitle(main: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = main
    if (current === null) return
    const name = () => {
      const title = heading(current)
      const wanted = title === '' ? 'Rollcall' : `${title} · Rollcall`
      if (document.title !== wanted) document.title = wanted
    }
    name()
    const observer = new MutationObserver(name)
    observer.observe(current, { childList: true, subtree: true, characterData: true })
    return () => observer.disconnect()
  }, [main])
}

const WAIT_MS = 3000

/**
 * After a change of page, focus goes to it and its name is said, as a browser does when it loads one. A page that has
 * taken the focus itself keeps it; the first page of a visit is the browser's own.
 */
export function useArrival(main: RefObject<HTMLElement | null>): void {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname })
  const before = useRef<string | undefined>(undefined)
  useEffect(() => {
    const { current } = main
    const isFirst = before.current === undefined
    before.current = path
    if (path === undefined || isFirst || current === null) return
    return whenNamed(current, (title) => {
      const { activeElement } = document
      const isTaken = activeElement !== null && activeElement !== current && current.contains(activeElement)
      if (!isTaken && document.querySelector('[data-dialog][data-open]') === null)
        current.focus({ preventScroll: true })
      announce(title)
    })
  }, [main, path])
}

/** Calls back once the page has a heading; the function it gives stops waiting. */
function whenNamed(main: HTMLElement, arrived: (title: string) => void): () => void {
  const title = heading(main)
  if (title !== '') {
    arrived(title)
    return () => undefined
  }
  const observer = new MutationObserver(() => {
    const late = heading(main)
    if (late === '') return
    stop()
    arrived(late)
  })
  const timer = setTimeout(() => stop(), WAIT_MS)
  const stop = () => {
    observer.disconnect()
    clearTimeout(timer)
  }
  observer.observe(main, { childList: true, subtree: true, characterData: true })
  return stop
}
