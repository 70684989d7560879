import assert from 'node:assert/strict'
import type { Database } from './database.ts'

/** Throws unless exactly these users were created by clients, each once and by one commit, and no revision is missing. */
export async function assertCreatedOnce(database: Database, created: ReadonlyMap<string, string>): Promise<void> {
  const rows = await database.ask("SELECT identifier, id FROM users WHERE identifier LIKE 'created-%' ORDER BY number")
  const kept = rows.map(({ identifier, id }) => [identifier, id] as const)
  assert.equal(kept.length, created.size)
  assert.deepEqual(new Map(kept), created)
  await assertRevisionsWhole(database)
}

/** Throws unless there is one commit for each revision up to the newest, and what is counted is there. */
export async function assertRevisionsWhole({ ask }: Pick<Database, 'ask'>): Promise<void> {
  const [revisions] = await ask(`SELECT count(*) AS commits, max(revision) AS newest,
    (SELECT value FROM counters WHERE name = 'revision') AS counted FROM commits`)
  assert.equal(revisions?.['commits'], revisions?.['newest'])
  assert.equal(revisions?.['newest'], revisions?.['counted'])
  const [users] = await ask(`SELECT count(*) AS live,
    (SELECT value FROM counters WHERE name = 'live') AS counted,
    (SELECT sum(live) FROM blocks) AS blocked FROM users WHERE live`)
  assert.equal(users?.['live'], users?.['counted'])
  assert.equal(users?.['live'], users?.['blocked'])
}
