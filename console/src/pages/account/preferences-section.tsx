import { DIRECTIONS, prefer, THEMES, usePreferences } from '../../shell/preferences.ts'
import { Checkbox, SelectField } from '../../widgets/field.tsx'
import css from './account.module.css'

/** How the console looks and which keys it takes. */
export function PreferencesSection() {
  const { theme, direction, shortcuts } = usePreferences()
  return (
    <div className={css.form}>
      <SelectField
        label="Theme"
        options={THEMES}
        value={theme}
        onChange={(event) => prefer({ theme: event.target.value as typeof theme })}
      />
      <SelectField
        label="Direction"
        options={DIRECTIONS}
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
