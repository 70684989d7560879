import * as Ariakit from '@ariakit/react'
import type { ReactNode } from 'react'
import css from './tabs.module.css'

interface TabsProps {
  readonly label: string
  readonly tabs: readonly { readonly id: string; readonly title: string; readonly content: () => ReactNode }[]
  readonly selected: string
  readonly onSelect: (id: string) => void
}

/** Tabs over one panel; only the chosen one is built. */
export function Tabs({ label, tabs, selected, onSelect }: TabsProps) {
  const shown = tabs.find(({ id }) => id === selected) ?? tabs[0]
  return (
    <Ariakit.TabProvider selectedId={shown?.id ?? null} setSelectedId={(id) => id != null && onSelect(id)}>
      <Ariakit.TabList aria-label={label} className={css.list}>
        {tabs.map(({ id, title }) => (
          <Ariakit.Tab key={id} id={id} className={css.tab}>
            {title}
          </Ariakit.Tab>
        ))}
      </Ariakit.TabList>
      {shown && (
        <Ariakit.TabPanel tabId={shown.id} key={shown.id} className={css.panel}>
          {shown.content()}
        </Ariakit.TabPanel>
      )}
    </Ariakit.TabProvider>
  )
}
