import type { Command } from 'commander'
import { shownSettings } from '../settings/in-force.ts'
import type { Origin } from '../settings/resolution.ts'
import { SETTINGS, type SettingName } from '../settings/table.ts'
import { table, writeResult } from './output.ts'
import { addSettingOptions, effectiveSettings } from './setting-options.ts'

/** `rollcall config`: every setting that is in force, with where it comes from. */
export function addConfigCommand(program: Command): void {
  const command = program
    .command('config')
    .description('Print every setting that is in force, with where it comes from; secrets are masked.')
    .option('--json', 'Print JSON.')
    .action((options: { readonly json?: boolean }) => {
      const rows = shownSettings(effectiveSettings(command))
      const lines = table(rows.map(({ member, value, origin }) => [member, shown(value), said(origin)]))
      const members = rows.map(({ member, value, origin }) => [member, { value, origin: said(origin) }] as const)
      writeResult(options.json ?? false, Object.fromEntries(members), lines)
    })
  addSettingOptions(command, Object.keys(SETTINGS) as SettingName[])
}

function shown(value: unknown): string {
  return value === null ? '-' : typeof value === 'string' ? value : JSON.stringify(value)
}

function said(origin: Origin): string {
  switch (origin.from) {
    case 'flag':
      return `flag ${origin.name}`
    case 'environment':
      return `environment ${origin.name}`
    case 'file':
      return `file ${origin.name}`
    case 'default':
      return 'default'
  }
}
