import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { lendDatabase, type LentDatabase } from '../../../test/postgres/stores.ts'
import { ByteClient } from './byte-client.ts'
import { ConnectionError } from './errors.ts'
import { askStanding, standingQuestion } from './standing-question.ts'

const ROWS = standingQuestion('rows', 'SELECT count(*) FROM asked')
const LAST = standingQuestion('last', 'SELECT text FROM asked ORDER BY number DESC LIMIT 1')
const FAILING = standingQuestion('failing', 'SELECT 1 / (3 - count(*)) FROM asked')

describe('a standing question', () => {
  let lent: LentDatabase
  let client: ByteClient
  before(async () => {
    lent = await lendDatabase()
  })
  beforeEach(async () => {
    const config = { connectionString: lent.url, pipeline: true, query_timeout: 500 }
    client = new ByteClient(config)
    await client.connect()
    await client.query('CREATE TEMP TABLE asked (number integer GENERATED ALWAYS AS IDENTITY, text text)')
  })
  afterEach(() => client.end())
  after(() => lent.drop())
  const add = (text: string | null) => client.query('INSERT INTO asked (text) VALUES ($1)', [text])

  it('is answered as of when it is asked, again and again', async () => {
    for (let rows = 0; rows < 5; rows++) {
      assert.equal(await askStanding(client, ROWS), String(rows))
      await add('x')
    }
  })

  it('tells no row and no value as null, and a text as it is', async () => {
    assert.equal(await askStanding(client, LAST), null)
    for (const text of ['', null, 'Zoë', 'x'.repeat(100_000)]) {
      await add(text)
      assert.equal(await askStanding(client, LAST), text)
    }
  })

  it('is answered in its place among others that are under way', async () => {
    await add('a')
    const answers = await Promise.all([
      askStanding(client, ROWS),
      add('b'),
      askStanding(client, LAST),
      client.query({ text: 'SELECT text AS documents FROM asked', rowMode: 'array' }),
      askStanding(client, LAST),
      askStanding(client, ROWS),
      client.query('SELECT text AS documents FROM asked WHERE false'),
      askStanding(client, ROWS),
      client.query<{ two: number }>('SELECT 2 AS two'),
    ])
    const [first, , last, documents, again, rows, none, rowsAgain, others] = answers
    assert.deepEqual([first, last, again, rows, rowsAgain], ['1', 'b', 'b', '2', '2'])
    assert.deepEqual(none.rows, [])
    assert.equal(String(documents.rows), 'a},b}')
    assert.deepEqual(others.rows, [{ two: 2 }])
  })

  it('fails with the server’s words, and the connection goes on', async () => {
    assert.equal(await askStanding(client, FAILING), '0')
    for (let row = 0; row < 3; row++) await add('x')
    await assert.rejects(askStanding(client, FAILING), { code: '22012' })
    await add('x')
    assert.equal(await askStanding(client, FAILING), '-1')
  })

  it('is not waited for longer than any other', async () => {
    const slow = standingQuestion('slow', 'SELECT pg_sleep(0.4 * (SELECT count(*) FROM asked))')
    assert.equal(await askStanding(client, slow), '')
    for (let row = 0; row < 3; row++) await add('x')
    await assert.rejects(askStanding(client, slow), ConnectionError)
  })
})
