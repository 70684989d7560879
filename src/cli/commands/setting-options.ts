import { Option, type Command } from 'commander'
import { readSettingsFile } from '../settings/file.ts'
import { resolveSettings, type EffectiveSettings } from '../settings/resolution.ts'
import { SETTINGS, type Setting, type SettingName } from '../settings/table.ts'

/** Gives a command the flags of these settings, and `--config`. */
export function addSettingOptions(command: Command, names: readonly SettingName[]): Command {
  for (const name of names) {
    const { flag, about, kind, otherwise, environment, repeated }: Setting<unknown> = SETTINGS[name]
    if (flag === null) continue
    const fallback = otherwise === null || repeated ? '' : `; default ${JSON.stringify(otherwise)}`
    const option = new Option(`--${flag} <value>`, `${about} (${kind.allowed}${fallback}; ${environment})`)
    command.addOption(repeated ? option.argParser(gathered) : option)
  }
  return command.option('--config <file>', 'The configuration file instead of ./rollcall.config.json.')
}

/** What is in force for a command: its flags, the environment, the configuration file, the defaults. */
export function effectiveSettings(command: Command): EffectiveSettings {
  const given: Readonly<Record<string, unknown>> = command.opts()
  const flags: Partial<Record<SettingName, string>> = {}
  for (const [name, { flag }] of Object.entries(SETTINGS)) {
    const value = flag === null ? undefined : given[attributeOf(flag)]
    if (typeof value === 'string') flags[name as SettingName] = value
    if (Array.isArray(value)) flags[name as SettingName] = value.join()
  }
  const config = given['config'] ?? (process.env['ROLLCALL_CONFIG'] || undefined)
  const file = readSettingsFile(typeof config === 'string' ? config : undefined)
  return resolveSettings({ flags, environment: process.env, file })
}

function gathered(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

function attributeOf(flag: string): string {
  return new Option(`--${flag} <value>`).attributeName()
}
