import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { gather, run, serve, start, tokenIn, workingFolder } from './command.ts'

describe('rollcall export', () => {
  const cwd = workingFolder()

  it('writes the users of a list to a file or to standard output, the same either way and through a server', async () => {
    assert.equal((await run(['demo', '--users', '300'], { cwd })).code, 0)
    const query = ['--filter', 'status eq "active"', '--sort', 'familyName:desc', '--fields', 'fullName,email,phones']

    const toFile = await run(['export', 'users.csv', ...query], { cwd })
    assert.equal(toFile.code, 0, toFile.stderr)
    assert.equal(toFile.stdout, '')
    const csv = readFileSync(join(cwd, 'users.csv'), 'utf8')
    assert.ok(csv.startsWith('fullName,email,phones\r\n'))
    assert.ok(csv.split('\r\n').length > 100)
    assert.equal((await run(['export', ...query], { cwd })).stdout, csv)
    assert.equal((await run(['export', '-', ...query], { cwd })).stdout, csv)

    assert.equal((await run(['export', 'users.jsonl', ...query], { cwd })).code, 0)
    const [first = ''] = readFileSync(join(cwd, 'users.jsonl'), 'utf8').split('\n')
    assert.deepEqual(Object.keys(JSON.parse(first) as object), ['fullName', 'email', 'phones'])

    const server = await serve([], { cwd })
    try {
      const environment = { ROLLCALL_TOKEN: tokenIn(server.stdout), ROLLCALL_SERVER: server.url }
      assert.equal((await run(['export', ...query], { cwd, environment })).stdout, csv)
      const refused = await run(['export', 'refused.csv', '--sort', 'surname'], { cwd, environment })
      assert.equal(refused.code, 1)
      assert.match(refused.stderr, /There is no field surname/)
      const nobody = await run(['export'], { cwd, environment: { ...environment, ROLLCALL_TOKEN: 'rc_wrong' } })
      assert.equal(nobody.code, 4)
    } finally {
      await server.stop()
    }
  })

  it('leaves a file as it was, and nothing beside it, where it fails', async () => {
    writeFileSync(join(cwd, 'kept.csv'), 'before')
    const refused = await run(['export', 'kept.csv', '--filter', 'nonsense'], { cwd })
    assert.equal(refused.code, 2)
    assert.match(refused.stderr, /^rollcall: /)
    assert.equal(readFileSync(join(cwd, 'kept.csv'), 'utf8'), 'before')
    const missing = await run(['export', join('nowhere', 'users.csv')], { cwd })
    assert.equal(missing.code, 2)
    assert.match(missing.stderr, /cannot be written/)
    assert.deepEqual(
      readdirSync(cwd).filter((name) => name.endsWith('.part')),
      [],
    )
  })

  it('writes files that only their owner may read, over what others could', async () => {
    writeFileSync(join(cwd, 'open.csv'), 'before', { mode: 0o644 })
    for (const file of ['open.csv', 'new.csv']) {
      assert.equal((await run(['export', file], { cwd })).code, 0)
      assert.equal(statSync(join(cwd, file)).mode & 0o777, 0o600)
    }
  })

  it('writes through nothing that stands in its place', async () => {
    const [elsewhere, part] = [join(cwd, 'elsewhere.txt'), join(cwd, 'linked.csv.part')]
    writeFileSync(elsewhere, 'before')
    symlinkSync(elsewhere, part)
    const { code, stderr } = await run(['export', 'linked.csv'], { cwd })
    assert.deepEqual(
      [code, stderr],
      [0, 'linked.csv.part, left by an export that was cut off, is replaced.\nExported to linked.csv.\n'],
    )
    assert.equal(readFileSync(elsewhere, 'utf8'), 'before')
    assert.ok(!existsSync(part) && !lstatSync(join(cwd, 'linked.csv')).isSymbolicLink())
  })

  describe('whose server takes its time', () => {
    const answers: ServerResponse[] = []
    const slow = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/csv' })
      response.write('identifier\nfirst\n')
      answers.push(response)
    })
    before(() => once(slow.listen(0, '127.0.0.1'), 'listening'))
    after(() => {
      slow.closeAllConnections()
      slow.close()
    })

    /** An export that has written something, and waits for more. */
    async function begun(file: string) {
      const { port } = slow.address() as AddressInfo
      const environment = { ROLLCALL_TOKEN: 'rc_any' }
      const child = start(['export', file, '--server', `http://127.0.0.1:${port}`], { cwd, environment })
      const output = gather(child)
      const ended = once(child, 'close')
      const part = join(cwd, `${file}.part`)
      while (!existsSync(part) || statSync(part).size === 0) await sleep(20)
      return { child, output, ended, part }
    }

    it('leaves a part when it is killed, which the next one replaces and says so', async () => {
      const { child, ended, part } = await begun('cut.csv')
      child.kill('SIGKILL')
      await ended
      assert.ok(existsSync(part))
      const { code, stderr } = await run(['export', 'cut.csv'], { cwd })
      assert.equal(code, 0, stderr)
      assert.match(stderr, /^cut\.csv\.part, left by an export that was cut off, is replaced\.$/m)
      assert.ok(!existsSync(part))
      assert.doesNotMatch(readFileSync(join(cwd, 'cut.csv'), 'utf8'), /first/)
    })

    it('gives up where another one has written the file meanwhile, and leaves that alone', async () => {
      const { ended, output } = await begun('twice.csv')
      assert.equal((await run(['export', 'twice.csv'], { cwd })).code, 0)
      const written = readFileSync(join(cwd, 'twice.csv'), 'utf8')
      answers.at(-1)?.end('last\n')
      const [code] = (await ended) as [number]
      assert.equal(code, 2)
      assert.match(output().stderr, /twice\.csv cannot be written: another export to it has begun since\./)
      assert.equal(readFileSync(join(cwd, 'twice.csv'), 'utf8'), written)
    })
  })

  it('makes no directory where there is none', async () => {
    const empty = workingFolder()
    const { code, stderr } = await run(['export'], { cwd: empty })
    assert.equal(code, 2)
    assert.match(stderr, /There is no directory in/)
    assert.ok(!existsSync(join(empty, 'rollcall-data')))
  })
})
