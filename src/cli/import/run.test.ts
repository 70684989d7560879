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
import { BrokenImport, importRows } from './run.ts'

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

describe('an import that breaks off', () => {
  /** What is known of so many rows, of which the file or the target fails. */
  async function broken(parts: { readonly count: number; readonly failingBatch?: number }): Promise<BrokenImport> {
    const file = join(folder, `broken-${parts.failingBatch ?? 'file'}.csv`)
    writeFileSync(file, `identifier\n${names(0, parts.count).join('\n')}\n`)
    const opened = await openRows(file)
    const rows = {
      ...opened,
      rows: (async function* () {
        yield* opened.rows
        if (parts.failingBatch === undefined) throw new Error('The file cannot be read.')
      })(),
    }
    let batches = 0
    const target = {
      customer: () => undefined,
      ahead: 2,
      async write(drafts: readonly unknown[]): Promise<readonly RowOutcome[]> {
        const own = ++batches
        await sleep(20)
        if (own === parts.failingBatch) throw new Error('The store is away.')
        return drafts.map(() => ({ outcome: 'created' }))
      },
      close: () => Promise.resolve(),
    }
    const rules = {
      kind: rows.kind,
      mapping: mappingOf(rows.names, {}),
      match: 'identifier',
      customer: () => undefined,
      otherwiseCustomerId: 1,
    } as const
    const refusals = openRefusals(file, rows)
    const { signal } = new AbortController()
    const importing = importRows({ rows, rules, target, refusals, progress: () => undefined, signal })
    const error: unknown = await importing.then(
      () => null,
      (failure: unknown) => failure,
    )
    assert.ok(error instanceof BrokenImport)
    return error
  }

  it('at a batch knows of those before it, and goes on from its first line', async () => {
    const { counts, nextLine, cause } = await broken({ count: 4500, failingBatch: 3 })
    assert.deepEqual([counts.rows, counts.created, nextLine], [2000, 2000, 2002])
    assert.match(String(cause), /The store is away/)
    const first = await broken({ count: 500, failingBatch: 1 })
    assert.deepEqual([first.counts.rows, first.nextLine], [0, 2])
  })

  it('at its file knows of all batches that it had given away', async () => {
    const { counts, nextLine } = await broken({ count: 2500 })
    assert.deepEqual([counts.rows, nextLine], [2000, 2002])
  })
})
