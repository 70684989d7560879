import assert from 'node:assert/strict'
import { Session } from 'node:inspector/promises'
import { describe, it } from 'node:test'

const shapes: readonly (readonly [what: string, of: (length: number) => string])[] = [
  ['opening parentheses', (length) => '('.repeat(length)],
  ['closing parentheses', (length) => ')'.repeat(length)],
  ['spaces', (length) => ' '.repeat(length)],
  ['quotes', (length) => '"'.repeat(length)],
  ['escaped quotes without an end', (length) => `a eq "${'\\"'.repeat(length / 2)}`],
  ['a text without an end', (length) => `a eq "${'x'.repeat(length)}`],
  ['one word', (length) => 'a'.repeat(length)],
  ['many words', (length) => 'a '.repeat(length / 2)],
  ['a list without an end', (length) => `a in (${'1,'.repeat(length / 2)}`],
  ['nested negations', (length) => 'not('.repeat(length / 4)],
  ['alternatives', (length) => 'a pr or '.repeat(length / 8)],
  ['conditions', (length) => 'a pr and '.repeat(length / 9)],
]

describe('Parsing a SCIM filter', () => {
  for (const [what, of] of shapes) {
    it(`takes steps in proportion to its length, and hardly any for 100 kB: ${what}`, async () => {
      const short = await stepsOf(of(4000))
      const long = await stepsOf(of(16_000))
      assert.ok(short > 4000 / 9, `only ${short} steps were counted`)
      assert.ok(long <= 4.2 * short, `${short} steps became ${long}`)
      const longest = await stepsOf(of(100_000))
      assert.ok(longest < 100, `${longest} steps for 100 kB`)
    })
  }
})

/**
 * How often the blocks of the parser run for a text. V8 counts them in what it compiles from here on, so the parser is
 * loaded only now, needs to know of nothing, and no clock is asked.
 */
async function stepsOf(text: string): Promise<number> {
  const { session, parseScimFilter } = await counted
  await session.post('Profiler.takePreciseCoverage')
  try {
    parseScimFilter(text, { in: 'query', name: 'filter' })
  } catch {
    // Refused or not, the steps count.
  }
  const { result } = await session.post('Profiler.takePreciseCoverage')
  return result
    .filter(({ url }) => /\/scim-(filter|token)\.ts$/.test(url))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0)
}

const counted = (async () => {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const { parseScimFilter } = await import('./scim-filter.ts')
  return { session, parseScimFilter }
})()
