import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RowOutcome } from '../../dialects/rollcall/import/outcome.ts'
import { mappingOf } from './mapping.ts'
import { openRefusals } from './refusals.ts'
import { openRows } from './rows.ts'
import { importRows } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
after(() => rmSync(folder, { recursive: true }))

/** The batches a target was given and has answered, in order: `+` and `-` with the first user of each. */
async function batchesOf(identifiers: readonly string[], ahead: number): Promise<readonly string[]> {
  const file = join(folder, `${ahead}-${identifiers.length}-${identifiers[1000] ?? ''}.csv`)
  writeFileSync(file, `identifier\n${identifiers.join('\n')}\n`)
  const rows = await openRows(file)
  const mapping = mappingOf(rows.names, {})
  const seen: string[] = []
  const target = {
    customer: () => undefined,
    ahead,
    async write(drafts: readonly { readonly identifier?: string | undefined }[]): Promise<readonly RowOutcome[]> {
      const first = drafts[0]?.identifier ?? ''
      seen.push(`+${first}`)
      await sleep(500)
      seen.push(`-${first}`)
      return drafts.map(() => ({ outcome: 'created' }))
    },
    close: () => Promise.resolve(),
  }
  const rules = {
    kind: rows.kind,
    mapping,
    match: 'identifier',
    customer: () => undefined,
    otherwiseCustomerId: 1,
  } as const
  const refusals = openRefusals(file, rows)
  const signal = new AbortController().signal
  const counts = await importRows({ rows, rules, target, refusals, progress: () => undefined, signal })
  assert.equal(counts.created, identifiers.length)
  await refusals.close()
  return seen
}

const names = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `user${from + n}`)

describe('the batches of an import', () => {
  it('are given one before the last is written, where the target takes that many', async () => {
    const seen = await batchesOf(names(0, 2500), 2)
    assert.deepEqual(seen.slice(0, 3), ['+user0', '+user1000', '-user0'])
    assert.ok(seen.indexOf('-user0') < seen.indexOf('+user2000'), seen.join())
    assert.deepEqual(await batchesOf(names(0, 1500), 1), ['+user0', '-user0', '+user1000', '-user1000'])
  })

  it('wait for each other where they have a user in common, however that one is spelt', async () => {
    const some = [...names(0, 1000), 'other', 'USER7', ...names(1000, 1100)]
    assert.deepEqual(await batchesOf(some, 2), ['+user0', '-user0', '+other', '-other'])
  })
})
