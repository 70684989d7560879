import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'

/** What a process writes to standard error that does this with an open log. */
function written(level: string, script: string): readonly Record<string, unknown>[] {
  const module = JSON.stringify(new URL('log.ts', import.meta.url).href)
  const source = `import { openLog } from ${module}\nconst log = openLog(${JSON.stringify(level)})\n${script}`
  const { stderr, stdout, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', source], {
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  assert.equal(stdout, '')
  return stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

const WRITE = `
for (let index = 0; index < 2000; index++) log.write({ event: 'stopping', inFlight: index })
log.write({ event: 'request', dialect: 'server' })
log.write({ event: 'request', dialect: 'tiny' })
log.write({ event: 'requests-cut', inFlight: 1, afterMs: 1 })
log.write({ event: 'request-failed', stack: 'a\\nb' })
`

describe('openLog', () => {
  it('writes every event as one line of JSON to standard error, in order', () => {
    const lines = written('info', `${WRITE} await log.flush()`)
    assert.deepEqual(
      lines.slice(0, 2000).map(({ inFlight }) => inFlight),
      Array.from({ length: 2000 }, (_, index) => index),
    )
    assert.equal(lines[0]?.['level'], 'info')
    assert.match(String(lines[0]['time']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    assert.equal(lines.length, 2003)
    assert.deepEqual(
      lines.slice(2000).map(({ level, event }) => `${String(level)} ${String(event)}`),
      ['info request', 'warn requests-cut', 'error request-failed'],
    )
  })

  it('writes probes only to those who want everything', () => {
    assert.equal(written('debug', `${WRITE} await log.flush()`).length, 2004)
  })

  it('writes nothing below its level', () => {
    assert.deepEqual(
      written('warn', `${WRITE} await log.flush()`).map(({ event }) => event),
      ['requests-cut', 'request-failed'],
    )
    assert.deepEqual(written('silent', `${WRITE} await log.flush()`), [])
  })

  it('writes without being told to, and does not keep a process alive', () => {
    const lines = written('info', `log.write({ event: 'stopped' }); setTimeout(() => undefined, 400)`)
    assert.deepEqual(
      lines.map(({ event }) => event),
      ['stopped'],
    )
  })
})
