import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** Asks until it is so, and throws after so long. */
export async function within(
  limitMs: number,
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const untilMs = performance.now() + limitMs
  for (;;) {
    const isSo = await condition()
    assert.ok(performance.now() < untilMs, `${what} took more than ${limitMs} ms`)
    if (isSo) return
    await sleep(10)
  }
}
