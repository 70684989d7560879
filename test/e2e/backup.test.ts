import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { ask, run, serve, tokenIn, workingFolder, type Served } from './command.ts'

interface Copied {
  readonly revision: number
  readonly users: number
}

describe('rollcall backup', () => {
  const cwd = workingFolder()
  let server: Served
  let token: string

  before(async () => {
    server = await serve(['--demo', '3000', '--data', 'data', '--requests-per-minute', '0'], { cwd })
    token = tokenIn(server.stdout)
  })
  after(() => server.stop())

  const total = async (url: string) => {
    const { status, body } = await ask(url, '/v1/users?limit=1&count=exact&includeDeleted=true', token)
    assert.equal(status, 200, JSON.stringify(body))
    return Number(body['total'])
  }

  it('copies what a server is writing to as it is at one revision, and restore brings that back', async () => {
    const [users] = [await total(server.url)]
    const { body } = await ask(server.url, '/v1/users?limit=1', token)
    const first = Number(body['revision'])
    const stop = new AbortController()
    let written = 0
    const writing = (async () => {
      for (let n = 0; !stop.signal.aborted; n++) {
        const user = JSON.stringify({ identifier: `written-${n}` })
        const answer = await ask(server.url, '/v1/users', token, { method: 'POST', body: user })
        assert.equal(answer.status, 201)
        written++
      }
    })()
    const { code, stdout, stderr } = await run(['backup', 'copy.db', '--data', 'data', '--json'], { cwd })
    stop.abort()
    await writing
    assert.deepEqual([code, stderr], [0, ''])
    const copied = JSON.parse(stdout) as Copied
    // Each commit since then wrote one user.
    assert.ok(written > 0)
    assert.equal(copied.users - users, copied.revision - first)
    assert.equal(statSync(join(cwd, 'copy.db')).mode & 0o777, 0o600)
    assert.deepEqual(
      readdirSync(cwd).filter((name) => name.startsWith('copy')),
      ['copy.db'],
    )

    const restored = await run(['restore', 'copy.db', '--data', 'again'], { cwd })
    assert.deepEqual(
      [restored.code, restored.stdout],
      [0, `Restored ${copied.users} users at revision ${copied.revision} to again.\n`],
    )
    const second = await serve(['--data', 'again'], { cwd })
    assert.equal(await total(second.url), copied.users)
    await second.stop()
  })

  it('writes over no file, and says so where there is no directory', async () => {
    writeFileSync(join(cwd, 'mine.txt'), 'mine')
    const over = await run(['backup', 'mine.txt', '--data', 'data'], { cwd })
    assert.deepEqual([over.code, over.stdout], [2, ''])
    assert.match(over.stderr, /^rollcall: mine\.txt exists; a backup is never written over a file\.\n$/)
    assert.equal(readFileSync(join(cwd, 'mine.txt'), 'utf8'), 'mine')
    const nowhere = await run(['backup', 'other.db', '--data', 'nowhere'], { cwd })
    assert.deepEqual([nowhere.code, nowhere.stderr], [2, 'rollcall: There is no directory in nowhere.\n'])
    assert.ok(!existsSync(join(cwd, 'nowhere')) && !existsSync(join(cwd, 'other.db')))
  })
})

describe('rollcall restore', () => {
  const cwd = workingFolder()

  before(async () => {
    await run(['demo', '--users', '200', '--data', 'data'], { cwd })
    assert.equal((await run(['backup', 'good.db', '--data', 'data'], { cwd })).code, 0)
    const good = readFileSync(join(cwd, 'good.db'))
    writeFileSync(join(cwd, 'cut.db'), good)
    truncateSync(join(cwd, 'cut.db'), Math.floor(good.length / 8192) * 4096)
    writeFileSync(join(cwd, 'damaged.db'), good.fill(0x5a, 400_000, 420_000))
    writeFileSync(join(cwd, 'letter.txt'), 'This is a letter, and no database, however long it may become.'.repeat(20))
    writeFileSync(join(cwd, 'empty.db'), '')
    mkdirSync(join(cwd, 'full'))
    writeFileSync(join(cwd, 'full', 'notes.txt'), '')
  })

  for (const file of ['cut.db', 'damaged.db', 'letter.txt', 'empty.db', 'missing.db']) {
    it(`refuses ${file} in one sentence, and leaves nothing behind`, async () => {
      const { code, stdout, stderr } = await run(['restore', file, '--data', 'new'], { cwd })
      assert.deepEqual([code, stdout], [2, ''])
      assert.match(stderr, new RegExp(`^rollcall: [^\\n]*${file}[^\\n]*\\.\\n$`))
      assert.ok(!existsSync(join(cwd, 'new')))
    })
  }

  it('refuses a folder that has something in it, or a directory', async () => {
    for (const [folder, name] of [
      ['full', 'notes.txt'],
      ['data', 'rollcall.db'],
    ]) {
      const { code, stderr } = await run(['restore', 'good.db', '--data', String(folder)], { cwd })
      assert.equal(code, 2)
      assert.match(stderr, new RegExp(`The data folder ${folder} is not empty \\(${name}\\)`))
    }
    assert.equal((await run(['restore', 'good.db', '--data', 'fresh'], { cwd })).code, 0)
  })
})
