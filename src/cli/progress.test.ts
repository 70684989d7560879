import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { describe, it } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { openProgress } from './progress.ts'

/** To the beginning of the line, and nothing left in it. */
const CLEARED = '\u001b[1G\u001b[2K'

/** A stream that keeps what is written to it, and a clock that stands still between two steps. */
function shown(isTTY: boolean) {
  const written = new PassThrough()
  const stream = Object.assign(written, { isTTY, columns: 120, rows: 30 }) as unknown as NodeJS.WriteStream
  let atMs = 1_700_000_000_000
  return {
    shown: { stream, now: () => atMs },
    later: (ms: number) => void (atMs += ms),
    text: () => (written.read() as Buffer | null)?.toString() ?? '',
  }
}

describe('progress where there is no terminal', () => {
  it('is a line every five seconds, and none in between', () => {
    const { shown: on, later, text } = shown(false)
    const progress = openProgress('Importing', 1000, on)
    progress.update(10, 1)
    later(4999)
    progress.update(100, 12)
    assert.equal(text(), '')

    later(1)
    progress.update(250, 30)
    assert.equal(text(), 'Importing 30 users (25%), 6/s\n')
    later(4999)
    progress.update(300, 40)
    assert.equal(text(), '')
    later(5001)
    progress.update(999, 150)
    assert.equal(text(), 'Importing 150 users (99%), 10/s\n')

    progress.close()
    assert.equal(text(), '')
  })

  it('says no share where nobody knows how much there is', () => {
    for (const total of [null, 0]) {
      const { shown: on, later, text } = shown(false)
      const progress = openProgress('Copying', total, on)
      later(5000)
      progress.update(0, 20)
      assert.equal(text(), 'Copying 20 users, 4/s\n')
      progress.close()
    }
  })
})

describe('progress on a terminal', () => {
  it('is a bar with share, users and rate, which is gone when it is over', () => {
    const { shown: on, later, text } = shown(true)
    const progress = openProgress('Importing', 1000, on)
    const empty = text()
    assert.match(stripVTControlCharacters(empty), /^Importing ░+ 0% · 0 users · 0\/s · /)

    later(2000)
    progress.update(500, 60)
    progress.close()
    const drawn = text()
    assert.match(stripVTControlCharacters(drawn), /Importing (█+)(░+) 50% · 60 users · 30\/s · /)
    assert.ok(drawn.endsWith(CLEARED), JSON.stringify(drawn.slice(-20)))
  })

  it('never shows more than all of it', () => {
    const { shown: on, text } = shown(true)
    const progress = openProgress('Importing', 1000, on)
    text()
    progress.update(1200, 60)
    progress.close()
    assert.match(stripVTControlCharacters(text()), /█ 100% · 60 users/)
  })

  it('is lines where nobody knows how much there is', () => {
    const { shown: on, later, text } = shown(true)
    const progress = openProgress('Copying', null, on)
    later(5000)
    progress.update(0, 20)
    progress.close()
    assert.equal(text(), 'Copying 20 users, 4/s\n')
  })
})
