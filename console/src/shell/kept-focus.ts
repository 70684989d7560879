import { useEffect } from 'react'

/** Dialogs and menus give focus back by themselves, a moment after they are gone. */
const PATIENCE_MS = 150
const PLACES = 'section, form, aside, [role="dialog"], [role="tabpanel"], main'

/**
 * Keeps the focus near where it was when what had it is gone, such as the button that ended a session together with its row: it
 * goes to the nearest part of the page that still stands. Otherwise the keyboard would begin at the top again (WCAG 2.4.3).
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null
    let around: readonly Element[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return
      last = target
      around = placesAround(target)
    }
    const keep = () => {
      if (last?.isConnected !== false || document.activeElement !== document.body) return
      const place = around.find((one) => one.isConnected)
      if (!(place instanceof HTMLElement)) return
      if (!place.hasAttribute('tabindex')) place.tabIndex = -1
      place.focus({ preventScroll: true })
    }
    const observer = new MutationObserver(() => {
      if (last?.isConnected !== false) return
      clearTimeout(timer)
      timer = setTimeout(keep, PATIENCE_MS)
    })
    document.addEventListener('focusin', onFocus)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      document.removeEventListener('focusin', onFocus)
      observer.disconnect()
      clearTimeout(timer)
    }
  }, [])
}

function placesAround(element: Element): readonly Element[] {
  const places: Element[] = []
  for (let place = element.parentElement?.closest(PLACES); place; place = place.parentElement?.closest(PLACES)) {
    places.push(place)
  }
  return places
}
