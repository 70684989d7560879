import type { Effective, EffectiveSettings, Origin } from './resolution.ts'
import { SETTINGS, type Setting, type SettingName } from './table.ts'

/** A setting as it may be shown: what holds a secret is masked. */
export interface ShownSetting {
  /** The member of the configuration file. */
  readonly member: string
  readonly value: unknown
  readonly origin: Origin
  /** What it does. */
  readonly about: string
}

/** Every setting that is in force. */
export function shownSettings(settings: EffectiveSettings): readonly ShownSetting[] {
  return Object.entries(settings).map(([name, effective]) => {
    const { member, mask, about }: Setting<unknown> = SETTINGS[name as SettingName]
    const { value, origin }: Effective<unknown> = effective
    return { member, value: mask ? mask(value) : value, origin, about }
  })
}
