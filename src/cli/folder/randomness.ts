import { randomFillSync } from 'node:crypto'

const POOL_BYTES = 4096

/**
 * Random bytes from the system's source, fetched for many at a time: to ask for each id by itself takes longer than all else
 * that makes it. What has been given is wiped here.
 */
export function openRandomness(): (length: number) => Uint8Array {
  const pool = new Uint8Array(POOL_BYTES)
  let at = POOL_BYTES
  return (length) => {
    if (length > POOL_BYTES) return randomFillSync(new Uint8Array(length))
    if (at + length > POOL_BYTES) {
      randomFillSync(pool)
      at = 0
    }
    const given = pool.slice(at, at + length)
    pool.fill(0, at, at + length)
    at += length
    return given
  }
}
