import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { migrate, MIGRATIONS } from './migrations.ts'

let connection: DatabaseSync

beforeEach(() => {
  connection = new DatabaseSync(':memory:')
})

afterEach(() => connection.close())

const tables = () =>
  connection
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
    .map(({ name }) => name)

describe('migrations', () => {
  it('are applied in order, each once', () => {
    migrate(connection, ['CREATE TABLE a (x)'])
    migrate(connection, ['CREATE TABLE a (x)', 'ALTER TABLE a RENAME TO b', 'CREATE TABLE c (x)'])
    migrate(connection, ['CREATE TABLE a (x)', 'ALTER TABLE a RENAME TO b', 'CREATE TABLE c (x)'])
    assert.deepEqual(tables(), ['b', 'c', 'migrations'])
    const numbers = connection.prepare('SELECT number FROM migrations ORDER BY number').all()
    assert.deepEqual(
      numbers.map(({ number }) => number),
      [1, 2, 3],
    )
  })

  it('leave nothing of one that fails, and all of those before it', () => {
    const migrations = ['CREATE TABLE a (x)', 'CREATE TABLE b (x); CREATE TABLE a (x)']
    assert.throws(() => migrate(connection, migrations), /already exists/)
    assert.deepEqual(tables(), ['a', 'migrations'])
    migrate(connection, ['CREATE TABLE a (x)', 'CREATE TABLE b (x)'])
    assert.deepEqual(tables(), ['a', 'b', 'migrations'])
  })

  it('refuse a file that a newer Rollcall has written, and say so', () => {
    migrate(connection)
    connection.prepare("INSERT INTO migrations VALUES (?, datetime('now'))").run(MIGRATIONS.length + 1)
    assert.throws(() => migrate(connection), {
      code: 'unavailable',
      message: `The directory was written by a newer Rollcall: its schema is ${MIGRATIONS.length + 1}, this one knows ${MIGRATIONS.length}.`,
    })
  })

  it('refuse a file of something else, and leave it as it is', () => {
    connection.exec('CREATE TABLE recipes (x)')
    assert.throws(() => migrate(connection), { code: 'unavailable', message: /something else/ })
    assert.deepEqual(tables(), ['recipes'])
  })
})
