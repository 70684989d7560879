import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from '../../core/query.ts'
import type { SortField } from '../../core/sort.ts'
import { writeLongTexts, writeUsers } from '../../../test/plans/directory.ts'
import { keptPlans, type KeptPlans } from '../../../test/plans/kept.ts'
import { key, KINDS, LONG_KINDS, type Kind } from '../../../test/plans/kinds.ts'
import { planOf } from '../../../test/plans/reading.ts'
import { lendDatabase, type LentDatabase } from '../../../test/postgres/stores.ts'
import { COLUMNS } from '../sql/columns.ts'
import { DATABASE_LIMITS, openDatabase, type Database } from './database.ts'

/** However busy the machine is, all is asked where pages are: another lane plans by other rules. */
const PATIENT = { ...DATABASE_LIMITS.quick, statementTimeoutMs: 60_000, readingTimeoutMs: 60_000 }

let lent: LentDatabase
let database: Database
let kept: KeptPlans

before(async () => {
  lent = await lendDatabase()
  await writeUsers(lent.url)
  database = openDatabase(lent.url, { ...DATABASE_LIMITS, quick: PATIENT })
  const version = await database.first({
    text: "SELECT current_setting('server_version_num')::int / 10000",
    values: [],
  })
  kept = keptPlans(Number(version?.[0]))
})

after(async () => {
  kept.close()
  await database.close()
  await lent.drop()
})

function assertPlans(kinds: readonly Kind[], reviewed: readonly Kind[], hasLong: boolean): void {
  const shapes = new Map<string, readonly string[]>()

  for (const [name, query, indexes, wholesAmongShort = [], wholesAmongLong = wholesAmongShort] of kinds) {
    const wholes = hasLong ? wholesAmongLong : wholesAmongShort
    const whole = wholes.length === 0 ? '' : `, though all of ${wholes.join(' and ')}`
    it(`find ${name} by indexes, and read no whole table${whole}`, async () => {
      const plan = await planOf(database, query)
      shapes.set(name, plan.shapes)
      assert.deepEqual(plan.tables, [])
      assert.deepEqual(plan.wholes, wholes)
      // More may be used: which of two that serve as well is a matter of a server's version.
      assert.deepEqual(
        indexes.filter((index) => !plan.indexes.includes(index)),
        [],
        plan.indexes.join(),
      )
    })
  }

  it('are those that were reviewed', (test) => {
    const found = reviewed.map(([name]) => [name, indented(shapes.get(name) ?? [])] as const)
    for (const [name, plans] of found) kept.note(name, plans)
    if (kept.missing !== undefined) {
      test.skip(kept.missing)
      return
    }
    for (const [name, plans] of found) {
      assert.equal(plans, kept.of(name), `${name}: ROLLCALL_WRITE_PLANS=1 writes anew what is kept.`)
    }
  })

  it('walk the index of any field users are ordered by, in either direction', async () => {
    for (const field of Object.keys(COLUMNS) as SortField[]) {
      for (const descending of [false, true]) {
        const { indexes, tables, wholes } = await planOf(database, { sort: [key(field, descending)] })
        assert.deepEqual([tables, wholes], [[], []], field)
        const index = COLUMNS[field as keyof typeof COLUMNS].index ?? 'users_live'
        assert.ok(indexes.includes(index), `${field} ${String(descending)}: ${indexes.join()}`)
      }
    }
  })
}

function indented(shapes: readonly string[]): string {
  return shapes.map((shape) => shape.replaceAll(/^/gm, '  ')).join('\n')
}

describe('the plans of PostgreSQL', () => {
  assertPlans(KINDS, KINDS, false)
})

describe('the plans of PostgreSQL, where users have texts too long for an index,', () => {
  before(() => writeLongTexts(lent.url))

  assertPlans([...KINDS, ...LONG_KINDS], LONG_KINDS, true)

  it('walk an index for the long ones, too, and sort only those that begin alike', async () => {
    for (const field of ['givenName', 'familyName', 'fullName'] as const) {
      for (const descending of [false, true]) {
        const page: Page = { kind: 'position', from: null, direction: 'after', limit: 2 }
        const { indexes, sorts } = await planOf(database, { sort: [key(field, descending)], page })
        const index = `users_long_${COLUMNS[field].name}`
        assert.ok(indexes.includes(index), `${field} ${String(descending)}: ${indexes.join()}`)
        assert.deepEqual(sorts, [], field)
      }
    }
  })
})
