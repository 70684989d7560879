import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { ask, run, serve, tokenIn, workingFolder } from './command.ts'

const cwd = workingFolder()
// What colours and cursor movements begin with.
const ESCAPE = '\u001b'

describe('the command line', () => {
  const wrong: readonly (readonly [readonly string[], number, RegExp])[] = [
    [['serve', '--prt', '1'], 2, /^rollcall: unknown option '--prt' \(Did you mean --port\?\)\n$/],
    [['improt', 'x'], 2, /^rollcall: unknown command 'improt' \(Did you mean import\?\)\n$/],
    [['serve', '--port', 'http'], 2, /^rollcall: --port must be a whole number from 0 to 65535, not "http"\.\n$/],
    [['demo', '--users', '3'], 2, /It must be a whole number from \d+ to 10000000\.\n$/],
    [['import', 'nowhere.csv'], 2, /^rollcall: nowhere\.csv cannot be read: there is no such file\.\n$/],
    [['import', 'x', '--match', 'name'], 2, /Allowed choices are identifier, email, externalId\.\n$/],
    [['config', '--config', 'none.json'], 2, /^rollcall: The configuration file none\.json does not exist\.\n$/],
    [['token', 'create', '--name', 'x', '--user', 'nobody'], 3, /^rollcall: There is no user with .* "nobody"\.\n$/],
    [['token', 'create', '--name', 'x', '--permissions', 'all'], 2, /Allowed are users:read, /],
    [['token', 'revoke', '0190d9e4-7a51-7b54-9c1e-5a6f0f4c2d11'], 3, /^rollcall: Token not found\.\n$/],
    [['token', 'list', '--server', 'http://127.0.0.1:9'], 4, /^rollcall: A token is needed/],
    [['token', 'list', '--database', 'mysql://x:pw@db'], 2, /^rollcall: --database must be a PostgreSQL URL .*\.\n$/],
    [['serve', '--replica', 'postgres://db/r'], 2, /^rollcall: --replica needs the database it is a replica of/],
    [[], 2, /^Usage: rollcall/],
  ]
  for (const [args, expected, sentence] of wrong) {
    it(`ends "rollcall ${args.join(' ')}" with ${expected} and a sentence`, async () => {
      const { code, stdout, stderr } = await run(args, { cwd })
      assert.deepEqual([code, stdout], [expected, ''])
      assert.match(stderr, sentence)
      assert.doesNotMatch(stderr, /\n\s+at /)
      assert.ok(!stderr.includes(ESCAPE))
    })
  }

  it('has help with examples for every command, and a version, without colours', async () => {
    for (const command of [[], ['serve'], ['import'], ['export'], ['demo'], ['token']]) {
      const { code, stdout } = await run([...command, '--help'], { cwd })
      assert.equal(code, 0)
      assert.match(stdout, /Examples?:\n {2}\S/)
      assert.ok(!stdout.includes(ESCAPE))
    }
    const { stdout } = await run(['--version'], { cwd })
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/)
  })
})

describe('rollcall config', () => {
  const folder = workingFolder()
  writeFileSync(join(folder, 'rollcall.config.json'), '{"port": 1, "host": "::1", "token": "rc_filesecret"}')

  it('prints what is in force with where it comes from, and masks secrets', async () => {
    const environment = { ROLLCALL_PORT: '2', ROLLCALL_LOG_LEVEL: 'warn' }
    const { code, stdout } = await run(['config', '--log-level', 'error'], { cwd: folder, environment })
    assert.equal(code, 0)
    assert.match(stdout, /^port +2 +environment ROLLCALL_PORT$/m)
    assert.match(stdout, /^host +::1 +file rollcall\.config\.json$/m)
    assert.match(stdout, /^logLevel +error +flag --log-level$/m)
    assert.match(stdout, /^data +\.\/rollcall-data +default$/m)
    assert.match(stdout, /^token +\*{8} +file rollcall\.config\.json$/m)
    assert.ok(!stdout.includes('rc_filesecret'))
  })

  it('masks the passwords in addresses', async () => {
    const args = ['--replica', 'postgres://a:pw1@one/r', '--replica', 'postgres://two/r?password=pw2']
    const environment = {
      ROLLCALL_DATABASE: 'postgres://rollcall:pw3@db/r',
      ROLLCALL_REDIS: 'redis://:pw4@cache:6379/1',
    }
    const { stdout } = await run(['config', ...args], { cwd: folder, environment })
    assert.match(stdout, /^database +postgres:\/\/rollcall:\*{8}@db\/r +environment ROLLCALL_DATABASE$/m)
    assert.match(
      stdout,
      /^replicas +\["postgres:\/\/a:\*{8}@one\/r","postgres:\/\/two\/r\?password=\*{8}"\] +flag --replica$/m,
    )
    assert.match(stdout, /^redis +redis:\/\/:\*{8}@cache:6379\/1 +environment ROLLCALL_REDIS$/m)
    assert.doesNotMatch(stdout, /pw\d/)
  })

  it('prints the same as JSON', async () => {
    const { stdout } = await run(['config', '--json'], {
      cwd: folder,
      environment: { ROLLCALL_TOKEN: 'rc_environmentsecret' },
    })
    const settings = JSON.parse(stdout) as Record<string, unknown>
    assert.deepEqual(settings['port'], { value: 1, origin: 'file rollcall.config.json' })
    assert.deepEqual(settings['token'], { value: '********', origin: 'environment ROLLCALL_TOKEN' })
  })
})

describe('the settings of a server', () => {
  it('are shown to administrators as rollcall config prints them', async () => {
    const own = workingFolder()
    const environment = { ROLLCALL_SECRET: 's'.repeat(40), ROLLCALL_ALVYS_FIELD_CASE: 'pascal' }
    const server = await serve(['--rate-limits', 'vendor'], { cwd: own, environment })
    try {
      const { status, body } = await ask(server.url, '/v1/settings', tokenIn(server.stdout))
      assert.equal(status, 200)
      assert.equal(body['engine'], 'sqlite')
      assert.match(String(body['version']), /^\d+\.\d+\.\d+$/)
      const settings = body['settings'] as { name: string; value: unknown; origin: string; description: string }[]
      const { stdout } = await run(['config', '--json', '--port', '0', '--rate-limits', 'vendor'], {
        cwd: own,
        environment,
      })
      const printed = JSON.parse(stdout) as Readonly<Record<string, { value: unknown; origin: string }>>
      assert.deepEqual(
        settings.map(({ name, value, origin }) => [name, value, origin]),
        Object.entries(printed).map(([name, { value, origin }]) => [name, value, origin.split(' ')[0]]),
      )
      const origins = new Map(settings.map(({ name, origin }) => [name, origin]))
      assert.deepEqual(
        ['rateLimits.profile', 'dialects.alvys.fieldCase', 'host'].map((name) => origins.get(name)),
        ['flag', 'environment', 'default'],
      )
      assert.ok(settings.every(({ description }) => description.length > 0))
      assert.ok(!JSON.stringify(body).includes('ssss'))
    } finally {
      await server.stop()
    }
  })
})

describe('rollcall token', () => {
  it('issues, lists and revokes through a running server, at once', async () => {
    const folder = workingFolder()
    const server = await serve(['--demo', '100'], { cwd: folder })
    const environment = { ROLLCALL_TOKEN: tokenIn(server.stdout), ROLLCALL_SERVER: server.url }
    const at = { cwd: folder, environment }
    const created = await run(
      ['token', 'create', '--name', 'reader', '--user', 'ben@example.com', '--scope', '2000'],
      at,
    )
    assert.equal(created.code, 0)
    assert.match(created.stdout, /^rc_[0-9A-Za-z]{49}\n$/)
    const secret = created.stdout.trim()
    const { status, body } = await ask(server.url, '/users?page_size=100', secret)
    assert.equal(status, 200)
    assert.ok((body as unknown as readonly unknown[]).length < 20)
    const listed = await run(['token', 'list', '--json'], at)
    const tokens = JSON.parse(listed.stdout) as readonly { id: string; name: string; scope: unknown }[]
    const reader = tokens.find(({ name }) => name === 'reader')
    assert.equal(reader?.scope, 2000)
    assert.ok(!listed.stdout.includes(secret))
    assert.equal((await run(['token', 'revoke', reader.id], at)).stdout, `Token ${reader.id} is revoked.\n`)
    assert.equal((await ask(server.url, '/users', secret)).status, 401)
    await server.stop()
  })

  it('works on the data folder while no server runs', async () => {
    const folder = workingFolder()
    const created = await run(['token', 'create', '--name', 'first', '--permissions', 'admin', '--json'], {
      cwd: folder,
    })
    const { secret } = JSON.parse(created.stdout) as { secret: string }
    const server = await serve([], { cwd: folder })
    // There has been a token; the first start tells no other.
    assert.throws(() => tokenIn(server.stdout), /No token/)
    assert.equal((await ask(server.url, '/v1/me', secret)).status, 200)
    await server.stop()
    const { stdout } = await run(['token', 'list'], { cwd: folder })
    assert.match(stdout, /^ID +NAME +PERMISSIONS +SCOPE +STATE +LAST USED\n\S+ +first +admin +all +valid +\d{4}-/)
  })
})
