import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ask, run, serve, tokenIn, workingFolder } from '../e2e/command.ts'
import { lendDatabase } from '../postgres/stores.ts'
import { startRedis, WITHOUT_REDIS } from './redis-server.ts'

describe('two processes with one database and one Redis', { skip: WITHOUT_REDIS }, () => {
  it('share their limits, say when Redis is away, and end well without it', async () => {
    const [redis, database, cwd] = [await startRedis(), await lendDatabase(), workingFolder()]
    const environment = { ROLLCALL_DATABASE: database.url, ROLLCALL_REDIS: redis.url }
    const args = ['--requests-per-minute', '20']
    const one = await serve(args, { cwd, environment })
    const other = await serve(args, { cwd, environment })
    const token = tokenIn(one.stdout)
    const statuses: number[] = []
    for (let index = 0; index < 24; index++) {
      statuses.push((await ask(index % 2 ? one.url : other.url, '/v1/me', token)).status)
    }
    assert.deepEqual([statuses.indexOf(429), new Set(statuses.slice(20))], [20, new Set([429])])

    const ready = async (url: string) => (await ask(url, '/readyz', token)).body
    assert.deepEqual(await ready(one.url), { status: 'ready', database: 'ok', redis: 'ok' })
    const issued = await run(['token', 'create', '--name', 'other'], { cwd, environment })
    await redis.kill()
    for (const { url } of [one, other]) {
      // Counted from nothing by each.
      for (let index = 0; index < 15; index++) {
        assert.equal((await ask(url, '/v1/me', issued.stdout.trim())).status, 200)
      }
      assert.deepEqual(await ready(url), { status: 'ready', database: 'ok', redis: 'away' })
    }
    for (const node of [one, other]) {
      const { code, stderr } = await node.stop()
      assert.equal(code, 0)
      assert.equal(stderr.match(/"event":"rate-limits-alone"/g)?.length, 1)
    }
    await database.drop()
  })
})
