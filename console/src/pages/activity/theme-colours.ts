import { useSyncExternalStore } from 'react'

const NAMES = ['accent', 'danger', 'ink-soft', 'line'] as const

/** Colours as a canvas understands them; what CSS says of them depends on the theme. */
export type ThemeColours = Readonly<Record<(typeof NAMES)[number], string>>

let colours = read()

function read(): ThemeColours {
  const entries = NAMES.map((name) => {
    // One for each: on the same element, a change of colour would be a transition, and begin with the colour before.
    const probe = document.createElement('span')
    probe.style.color = `var(--${name})`
    document.body.append(probe)
    const { color } = getComputedStyle(probe)
    probe.remove()
    return [name, color] as const
  })
  return Object.fromEntries(entries) as ThemeColours
}

function watch(listener: () => void): () => void {
  const look = () => {
    colours = read()
    listener()
  }
  const system = matchMedia('(prefers-color-scheme: dark)')
  const chosen = new MutationObserver(look)
  system.addEventListener('change', look)
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  look()
  return () => {
    system.removeEventListener('change', look)
    chosen.disconnect()
  }
}

/** The colours of the theme that is shown now. */
export function useThemeColours(): ThemeColours {
  return useSyncExternalStore(watch, () => colours)
}
