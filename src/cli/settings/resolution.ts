import { CommandError } from '../command-error.ts'
import { SETTINGS, type Setting, type SettingName } from './table.ts'

/** Where a value comes from, strongest first. */
export type Origin =
  | { readonly from: 'flag'; readonly name: string }
  | { readonly from: 'environment'; readonly name: string }
  | { readonly from: 'file'; readonly name: string }
  | { readonly from: 'default' }

export interface Effective<T> {
  readonly value: T
  readonly origin: Origin
}

/** The value of every setting, with its origin. */
export type EffectiveSettings = {
  readonly [N in SettingName]: Effective<(typeof SETTINGS)[N] extends Setting<infer T> ? T : never>
}

/** Where settings are looked for. */
export interface SettingSources {
  /** Flags as they were given, by setting. */
  readonly flags: Readonly<Partial<Record<SettingName, string>>>
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly file: { readonly path: string; readonly members: Readonly<Record<string, unknown>> } | null
}

/** Flags, then environment, then configuration file, then defaults. Throws a sentence for a value that is not allowed. */
export function resolveSettings(sources: SettingSources): EffectiveSettings {
  const members = sources.file === null ? new Map<string, unknown>() : flatten(sources.file)
  const resolved = Object.entries(SETTINGS).map(([name, setting]) => [
    name,
    resolve(name as SettingName, setting as Setting<unknown>, sources, members),
  ])
  return Object.fromEntries(resolved) as EffectiveSettings
}

function resolve(
  name: SettingName,
  { flag, environment, member, kind, otherwise, mask }: Setting<unknown>,
  sources: SettingSources,
  members: ReadonlyMap<string, unknown>,
): Effective<unknown> {
  const given = (read: unknown, said: string, value: unknown) => {
    if (read !== undefined) return read
    const shown = mask ? '' : `, not ${JSON.stringify(value)}`
    throw new CommandError(`${said} must be ${kind.allowed}${shown}.`)
  }
  const flagged = sources.flags[name]
  if (flagged !== undefined) {
    const said = `--${flag ?? name}`
    return { value: given(kind.fromText(flagged), said, flagged), origin: { from: 'flag', name: said } }
  }
  const inherited = sources.environment[environment]
  if (inherited !== undefined && inherited !== '') {
    const value = given(kind.fromText(inherited), environment, inherited)
    return { value, origin: { from: 'environment', name: environment } }
  }
  if (sources.file && members.has(member)) {
    const written = members.get(member)
    const value = given(kind.fromJson(written), `${member} in ${sources.file.path}`, written)
    return { value, origin: { from: 'file', name: sources.file.path } }
  }
  return { value: otherwise, origin: { from: 'default' } }
}

// Objects are groups: `dialects.nameshield.timeZone`. A member nobody knows is most likely a misspelt one.
function flatten({ path, members }: NonNullable<SettingSources['file']>): ReadonlyMap<string, unknown> {
  const known = Object.values(SETTINGS).map(({ member }) => member)
  const flat = new Map<string, unknown>()
  const visit = (group: Readonly<Record<string, unknown>>, prefix: string) => {
    for (const [name, value] of Object.entries(group)) {
      const member = prefix + name
      if (known.some((one) => one === member)) flat.set(member, value)
      else if (known.some((one) => one.startsWith(`${member}.`)) && isGroup(value)) visit(value, `${member}.`)
      else throw new CommandError(`${path} has an unknown member ${member}; known are ${known.join(', ')}.`)
    }
  }
  visit(members, '')
  return flat
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
