import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The plans of one major version of PostgreSQL, as a text that is reviewed. */
export interface KeptPlans {
  /** The plans of a kind; undefined where none are kept of it. */
  of(kind: string): string | undefined
  /** Why there is nothing to compare with, where there is nothing. */
  readonly missing: string | undefined
  /** Keeps the plans of a kind instead, when all have been found and `ROLLCALL_WRITE_PLANS=1` says so. */
  note(kind: string, plans: string): void
  /** Writes what was noted. */
  close(): void
}

const WRITES = process.env['ROLLCALL_WRITE_PLANS'] === '1'

/** Opens the plans of a version, `test/plans/postgres-<major>.txt`. */
export function keptPlans(major: number): KeptPlans {
  const name = `postgres-${major}.txt`
  const file = join(import.meta.dirname, name)
  const kept = new Map(existsSync(file) ? parse(readFileSync(file, 'utf8')) : [])
  const noted = new Map<string, string>()
  return {
    of: (kind) => kept.get(kind),
    missing: WRITES
      ? `They are written to test/plans/${name} instead.`
      : kept.size === 0
        ? `No plans of PostgreSQL ${major} are kept; ROLLCALL_WRITE_PLANS=1 writes test/plans/${name}.`
        : undefined,
    note: (kind, plans) => void noted.set(kind, plans),
    close() {
      if (WRITES) writeFileSync(file, [...noted].map(([kind, plans]) => `${kind}\n${plans}\n`).join('\n'))
    },
  }
}

// A kind stands in a line of its own, its plans below, indented; a blank line ends them.
function parse(text: string): [string, string][] {
  return text
    .trimEnd()
    .split('\n\n')
    .map((part) => {
      const end = part.indexOf('\n')
      return [part.slice(0, end), part.slice(end + 1)]
    })
}
