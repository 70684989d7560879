import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { DEFAULT_DIALECT_SETTINGS } from '../../dialects/settings.ts'
import { DEFAULT_SERVER_SETTINGS } from '../../http/settings.ts'
import { readSettingsFile } from './file.ts'
import { dialectSettings, serverSettings } from './parts.ts'
import { resolveSettings, type SettingSources } from './resolution.ts'
import { SETTINGS, type Setting } from './table.ts'

const NOTHING: SettingSources = { flags: {}, environment: {}, file: null }

function file(members: Readonly<Record<string, unknown>>): SettingSources['file'] {
  return { path: 'rollcall.config.json', members }
}

describe('settings', () => {
  it('come from flags before the environment, the file and the defaults', () => {
    const flags = { port: '1' }
    const environment = { ROLLCALL_PORT: '2', ROLLCALL_HOST: '::1' }
    const settings = resolveSettings({ flags, environment, file: file({ port: 3, host: 'h', logLevel: 'warn' }) })
    assert.deepEqual(settings.port, { value: 1, origin: { from: 'flag', name: '--port' } })
    assert.deepEqual(settings.host, { value: '::1', origin: { from: 'environment', name: 'ROLLCALL_HOST' } })
    assert.deepEqual(settings.logLevel, { value: 'warn', origin: { from: 'file', name: 'rollcall.config.json' } })
    assert.deepEqual(settings.data, { value: './rollcall-data', origin: { from: 'default' } })
  })

  it('are those of server and dialects where nothing is said', () => {
    const settings = resolveSettings(NOTHING)
    assert.deepEqual(serverSettings(settings), DEFAULT_SERVER_SETTINGS)
    assert.deepEqual(dialectSettings(settings), DEFAULT_DIALECT_SETTINGS)
  })

  it('are read from groups in the file', () => {
    const dialects = { nameshield: { timeZone: 'Asia/Tokyo' }, alvys: { fieldCase: 'pascal', deletedUsers: 'listed' } }
    const settings = resolveSettings({ ...NOTHING, file: file({ dialects, timeouts: { drainMs: 5 } }) })
    assert.equal(dialectSettings(settings).nameshield.timeZone, 'Asia/Tokyo')
    assert.deepEqual(dialectSettings(settings).alvys, { fieldCase: 'pascal', deletedUsers: 'listed' })
    assert.equal(serverSettings(settings).timeouts.drainMs, 5)
  })

  it('treat an empty environment variable as absent', () => {
    assert.equal(resolveSettings({ ...NOTHING, environment: { ROLLCALL_PORT: '' } }).port.value, 8080)
  })

  it('may name several trusted proxies, by address and by range', () => {
    const environment = { ROLLCALL_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,fd00::/8, ::1' }
    const inherited = resolveSettings({ ...NOTHING, environment })
    assert.deepEqual(serverSettings(inherited).trustedProxies, ['127.0.0.1', '10.0.0.0/8', 'fd00::/8', '::1'])
    assert.deepEqual(resolveSettings(NOTHING).trustedProxies.value, [])
  })

  it('may name several replicas, in the environment with commas between', () => {
    const [one, two] = ['postgres://a.example/rollcall', 'postgresql://b.example:5433/rollcall']
    const inherited = resolveSettings({ ...NOTHING, environment: { ROLLCALL_REPLICAS: `${one}, ${two}` } })
    assert.deepEqual(inherited.replicas.value, [one, two])
    assert.deepEqual(resolveSettings({ ...NOTHING, file: file({ replicas: [one] }) }).replicas.value, [one])
    assert.deepEqual(resolveSettings(NOTHING).replicas.value, [])
  })

  const refused: readonly (readonly [string, Partial<SettingSources>, RegExp])[] = [
    [
      'a port out of range',
      { flags: { port: '65536' } },
      /^--port must be a whole number from 0 to 65535, not "65536"/,
    ],
    ['a port that is no number', { environment: { ROLLCALL_PORT: 'tcp://10.0.0.1' } }, /^ROLLCALL_PORT must be/],
    ['a number written as text in the file', { file: file({ port: '80' }) }, /^port in rollcall\.config\.json must be/],
    ['an unknown log level', { flags: { logLevel: 'loud' } }, /one of debug, info, warn, error, silent/],
    ['an unknown zone', { file: file({ dialects: { nameshield: { timeZone: 'Mars/Base' } } }) }, /IANA time zone/],
    ['a public URL with a path', { flags: { publicUrl: 'https://x.example/api' } }, /^--public-url must be/],
    [
      'a database of another kind',
      { flags: { database: 'mysql://db/rollcall' } },
      /^--database must be a PostgreSQL URL/,
    ],
    [
      'a database without host and name',
      { flags: { database: 'postgres://' } },
      /^--database must be a PostgreSQL URL/,
    ],
    [
      'one wrong replica among many',
      { flags: { replicas: 'postgres://a/r,b' } },
      /^--replica must be a PostgreSQL URL/,
    ],
    [
      'replicas that are no list',
      { file: file({ replicas: 'postgres://a/r' }) },
      /^replicas in .* must be a PostgreSQL/,
    ],
    ['a proxy that is a name', { flags: { trustedProxies: 'localhost' } }, /^--trusted-proxies must be an address or/],
    [
      'one wrong range of proxies among many',
      { environment: { ROLLCALL_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/33' } },
      /^ROLLCALL_TRUSTED_PROXIES must be an address or a CIDR range such as 10\.0\.0\.0\/8, or several, not "/,
    ],
    ['everybody as a proxy', { flags: { trustedProxies: '0.0.0.0/0' } }, /^--trusted-proxies must be/],
    [
      'proxies that are no list',
      { file: file({ trustedProxies: '127.0.0.1' }) },
      /^trustedProxies in .* must be an address/,
    ],
    ['a Redis URL of another kind', { flags: { redis: 'http://127.0.0.1:6379' } }, /^--redis must be a Redis URL/],
    [
      'a short secret',
      { environment: { ROLLCALL_SECRET: 'x'.repeat(31) } },
      /^ROLLCALL_SECRET must be a text of at least 32/,
    ],
    ['an unknown member', { file: file({ prot: 80 }) }, /unknown member prot; known are data, database, replicas/],
    ['an unknown member of a group', { file: file({ timeouts: { drain: 1 } }) }, /unknown member timeouts\.drain/],
    ['a group that is a value', { file: file({ dialects: 'all' }) }, /unknown member dialects/],
  ]
  for (const [what, sources, sentence] of refused) {
    it(`refuse ${what}, and say what is allowed`, () => {
      assert.throws(() => resolveSettings({ ...NOTHING, ...sources }), { name: 'CommandError', message: sentence })
    })
  }

  it('never repeat a secret that is refused', () => {
    for (const broken of [
      file({ token: ['rc_secret'] }),
      file({ secret: 'rc_secret' }),
      file({ database: 'postgre://rollcall:rc_secret@db/rollcall' }),
      file({ redis: 'redis://:rc_secret@/x' }),
      file({ replicas: ['db:rc_secret'] }),
    ]) {
      assert.throws(
        () => resolveSettings({ ...NOTHING, file: broken }),
        (error: Error) => !error.message.includes('rc_secret'),
      )
    }
  })

  it('each have a flag and a variable of the same name, and a member of their own', () => {
    const all: readonly Setting<unknown>[] = Object.values(SETTINGS)
    for (const { flag, environment, repeated } of all) {
      if (flag === null) continue
      const plural = repeated ? 'S' : ''
      assert.equal(environment, `ROLLCALL_${flag.toUpperCase().replaceAll('-', '_')}${plural}`)
    }
    assert.equal(new Set(all.map(({ member }) => member)).size, all.length)
    assert.equal(new Set(all.map(({ environment }) => environment)).size, all.length)
  })
})

describe('the configuration file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
  after(() => rmSync(folder, { recursive: true }))
  const written = (content: string) => {
    const path = join(folder, 'settings.json')
    writeFileSync(path, content)
    return path
  }

  it('is read with or without a byte order mark', () => {
    assert.deepEqual(readSettingsFile(written('\uFEFF{"port": 1}'))?.members, { port: 1 })
  })

  it('may be missing unless it is named', () => {
    assert.equal(readSettingsFile(undefined), null)
    assert.throws(() => readSettingsFile(join(folder, 'none.json')), /does not exist/)
  })

  it('is refused when it is not one JSON object, without a word of what is in it', () => {
    assert.throws(
      () => readSettingsFile(written('{"token": "rc_secret')),
      (error: Error) => {
        assert.match(error.message, /not well-formed JSON/)
        assert.ok(!error.message.includes('rc_secret'))
        return true
      },
    )
    assert.throws(() => readSettingsFile(written('[]')), /must be one JSON object/)
  })
})
