import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { serve, tokenIn, workingFolder } from '../e2e/command.ts'
import { sender, type RawRequest } from '../request.ts'
import { DOORS, judge } from './doors.ts'

const DISK_MIB = 48
const ROUNDS_MAX = 200

/** A disk of its own, so small that it is soon full; the reason where this machine lends none. */
function mountDisk(folder: string): string | null {
  mkdirSync(folder)
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', folder])
  return status === 0 ? null : (error?.message ?? String(stderr).trim())
}

/** Writes a file as long as there is room. */
function fill(file: string): void {
  const handle = openSync(file, 'w')
  for (let size = 2 ** 20; size >= 512;) {
    try {
      if (writeSync(handle, new Uint8Array(size)) < size) size /= 2
    } catch {
      size /= 2
    }
  }
  closeSync(handle)
}

describe('a server whose disk is full', () => {
  it('refuses writes in words, keeps nothing of them, goes on reading, and writes again when there is room', async (test) => {
    const disk = join(workingFolder(), 'disk')
    const fault = mountDisk(disk)
    if (fault !== null) {
      test.skip(`No disk of its own can be mounted here: ${fault}`)
      return
    }
    const cwd = workingFolder()
    const server = await serve(['--data', join(disk, 'data'), '--requests-per-minute', '0'], { cwd })
    const requests = sender(server.url)
    const send = (one: RawRequest) => requests.send(one)
    try {
      const headers = { authorization: `Bearer ${tokenIn(server.stdout)}` }
      const asJson = { ...headers, 'content-type': 'application/json' }
      const total = async () => {
        const { status, text } = await send({ method: 'GET', path: '/v1/users?limit=1&count=exact', headers })
        assert.equal(status, 200, text)
        return (JSON.parse(text) as { readonly total: number }).total
      }
      const write = (round: number) => {
        const operations = Array.from({ length: 200 }, (_, n) => ({
          op: 'create',
          user: { identifier: `user-${round}-${n}`, description: 'x'.repeat(2000) },
        }))
        return send({
          method: 'POST',
          path: '/v1/users/batch',
          headers: asJson,
          body: JSON.stringify({ atomic: true, operations }),
        })
      }

      const before = await total()
      assert.equal((await write(0)).status, 200)
      const ballast = join(disk, 'ballast')
      fill(ballast)
      let written = 1
      let refused = await write(written)
      while (refused.status === 200 && written < ROUNDS_MAX) refused = await write(++written)

      assert.equal(refused.status, 503, refused.text)
      assert.match(refused.text, /no room left on the disk/)
      assert.match(refused.headers['retry-after'] ?? '', /^\d+$/)
      assert.equal(await total(), before + 200 * written)
      for (const door of DOORS) {
        const answer = await send({ ...door.list, headers: { ...headers, ...door.list.headers } })
        assert.equal(judge(door, answer), 'good', door.name)
      }
      assert.equal((await write(written)).status, 503)

      rmSync(ballast)
      const again = await write(written)
      assert.equal(again.status, 200, again.text)
      assert.equal(await total(), before + 200 * (written + 1))
    } finally {
      requests.close()
      const { code } = await server.stop()
      spawnSync('umount', [disk])
      assert.equal(code, 0)
    }
  })
})
