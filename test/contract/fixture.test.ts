import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { readFixture } from './fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-fixture-'))
after(() => rmSync(folder, { recursive: true }))

const whole = {
  about: 'About.',
  source: 'd3lay: a row',
  as: 'reader',
  request: { method: 'GET', path: '/users' },
  expect: { status: 200, body: '<any>' },
}

function read(content: unknown) {
  const file = join(folder, 'fixture.json')
  writeFileSync(file, JSON.stringify(content))
  return readFixture(pathToFileURL(file))
}

describe('a fixture file', () => {
  it('holds one exchange, or several', () => {
    const { request, expect, ...about } = whole
    assert.deepEqual(read(whole).steps, [{ request, expect }])
    assert.equal(
      read({
        ...about,
        steps: [
          { request, expect },
          { as: 'admin', request, expect },
        ],
      }).steps.length,
      2,
    )
  })

  it('is refused with a member that means nothing, wherever it stands', () => {
    for (const wrong of [
      { ...whole, expects: {} },
      { ...whole, request: { ...whole.request, query: 'a=b' } },
      { ...whole, expect: { ...whole.expect, code: 1 } },
      { ...whole, given: { limits: 'spent' } },
      { ...whole, given: { rateLimits: 'none' } },
      { ...whole, as: 'root' },
      { ...whole, steps: [] },
      { ...whole, expect: { status: 200 } },
    ]) {
      assert.throws(() => read(wrong))
    }
  })
})
