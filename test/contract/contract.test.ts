import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, describe, it } from 'node:test'
import { dialects } from '../../src/dialects/index.ts'
import { DEFAULT_DIALECT_SETTINGS } from '../../src/dialects/settings.ts'
import type { Rollcall } from '../harness.ts'
import type { RawAnswer } from '../request.ts'
import { answerDifferences } from './compare.ts'
import { documentFaults, type ApiDocument } from './document.ts'
import { requestFrom } from './exchange.ts'
import { readFixture, type Fixture, type Given } from './fixture.ts'
import { serverPool } from './server-pool.ts'

const STATUSES = [200, 400, 401, 403, 404, 405, 429, 500]

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

const pool = serverPool()
after(() => pool.close())

describe('the contracts', () => {
  const names = dialects(DEFAULT_DIALECT_SETTINGS).map(({ name }) => name)

  it("have fixtures for every vendor's dialect", () => {
    // Rollcall's own is no vendor's, and free to have some.
    const missing = names.filter((name) => name !== 'rollcall' && !folders.includes(name))
    assert.deepEqual(missing, [])
  })

  it('have fixtures for nothing that is no dialect', () => {
    const stray = folders.filter((folder) => !names.includes(folder))
    assert.deepEqual(stray, [])
  })
})

for (const folder of folders) {
  describe(`the contract of ${folder}`, () => {
    const files = readdirSync(new URL(`${folder}/`, import.meta.url)).toSorted()
    const covered = new Set<number>()
    for (const file of files) {
      const fixture = readFixture(new URL(`${folder}/${file}`, import.meta.url))
      for (const { expect } of fixture.steps) covered.add(expect.status)
      it(`${file}: ${fixture.about}`, () => pool.use(fixture.given ?? {}, (server) => run(fixture, server, folder)))
    }
    it(`has a fixture for each of ${STATUSES.join(', ')}`, () => {
      assert.deepEqual(
        STATUSES.filter((status) => !covered.has(status)),
        [],
      )
    })
  })
}

async function run({ as, given = {}, steps }: Fixture, server: Rollcall, dialect: string): Promise<void> {
  const document = await documentOf(server, dialect, given)
  const answers: RawAnswer[] = []
  for (const step of steps) {
    const request = requestFrom(step.request, step.as ?? as, server, answers)
    // What is spent is spent by the same request.
    const before = given.rateLimits === 'spent' ? 1 : (given.repeat ?? 1) - 1
    for (let sent = 0; sent < before; sent++) await server.send(request)
    const answer = await server.send(request)
    answers.push(answer)
    const found = [...answerDifferences(step.expect, answer), ...documentFaults(document, request, answer)]
    if (found.length === 0) continue
    const asked = `${request.method} ${request.path.slice(0, 400)} ${(request.body ?? '').toString().slice(0, 400)}`
    assert.fail(`${asked}\n  ${found.join('\n  ')}\nThe answer was ${answer.status} ${answer.text.slice(0, 2000)}`)
  }
}

const documents = new Map<string, Promise<ApiDocument>>()

// What the server says of the dialect, in the settings it runs with.
function documentOf(server: Rollcall, dialect: string, { settings }: Given): Promise<ApiDocument> {
  const key = JSON.stringify([dialect, settings])
  const known = documents.get(key)
  if (known) return known
  const asked = server.send({ method: 'GET', path: `/openapi/${dialect}.json` })
  const document = asked.then(({ text }) => JSON.parse(text) as ApiDocument)
  documents.set(key, document)
  return document
}
