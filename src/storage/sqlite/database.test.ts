import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, it } from 'node:test'
import { counter, setCounter } from './counters.ts'
import { databaseOver } from './database.ts'

describe('what is known of a directory', () => {
  let file: string
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), 'rollcall-database-')), 'rollcall.db')
    const connection = new DatabaseSync(file)
    connection.exec(`PRAGMA journal_mode = WAL; CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER);
      INSERT INTO counters VALUES ('revision', 1)`)
    connection.close()
  })
  const opened = (isAlone: boolean) => databaseOver(new DatabaseSync(file), isAlone)

  for (const isAlone of [true, false]) {
    it(`is known anew after a writing, one that failed and one taken back, alone: ${isAlone}`, () => {
      const database = opened(isAlone)
      const revision = () => database.read(() => counter(database, 'revision'))
      assert.equal(revision(), 1)
      database.write(() => {
        assert.equal(counter(database, 'revision'), 1)
        setCounter(database, 'revision', 2)
        assert.equal(counter(database, 'revision'), 2)
      })
      assert.equal(revision(), 2)
      assert.throws(() => {
        database.write(() => {
          setCounter(database, 'revision', 3)
          throw new Error('refused')
        })
      })
      assert.equal(revision(), 2)
      database.rehearse(() => {
        setCounter(database, 'revision', 3)
      })
      assert.equal(revision(), 2)
      assert.equal(counter(database, 'revision'), 2)
      database.close()
    })
  }

  it('stays within a reading only, where others write', () => {
    const [one, other] = [opened(false), opened(false)]
    assert.equal(counter(one, 'revision'), 1)
    one.read(() => {
      assert.equal(counter(one, 'revision'), 1)
      other.write(() => {
        setCounter(other, 'revision', 2)
      })
      assert.equal(counter(one, 'revision'), 1)
    })
    assert.equal(counter(one, 'revision'), 2)
    one.close()
    other.close()
  })
})
