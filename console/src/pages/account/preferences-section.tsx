import { DIRECTIONS, THEMES } from '../../shell/person-menu.tsx'
import { prefer, usePreferences } from '../../shell/preferences.ts'
import { Checkbox, SelectField } from '../../widgets/field.tsx'
import css from './account.module.css'

const THEME_OPTIONS = THEMES.map(({ value, title }) => ({ value, label: title }))
const DIRECTION_OPTIONS = DIRECTIONS.map(({ value, title }) => ({ value, label: title }))

/** How the console looks and which keys it takes. */
export function PreferencesSection() {
  const { theme, direction, shortcuts } = usePreferences()
  return (
    <div className={css.form}>
      <SelectField
        label="Theme"
        options={THEME_OPTIONS}
        value={theme}
        onChange={(event) => prefer({ theme: event.target.value as typeof theme })}
      />
      <SelectField
        label="Direction"
        options={DIRECTION_OPTIONS}
        value={direction}
        onChange={(event) => prefer({ direction: event.target.value as typeof direction })}
      />
      <Checkbox
        label="Single-key shortcuts, such as / and ?"
        checked={shortcuts}
        onChange={(event) => prefer({ shortcuts: event.target.checked })}
      />
    </div>
  )
}
