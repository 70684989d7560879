import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Settings } from './cluster.ts'

/** A running server that ends with this process, however that ends. */
export interface Server {
  /** The address of its database `postgres`, as the superuser. */
  readonly url: string
  readonly start: () => Promise<void>
  readonly stop: (how: 'fast' | 'immediate') => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts a server, or a replica of another one. */
export async function startServer(settings: Settings = {}, primary?: Server): Promise<Server> {
  const args = [join(import.meta.dirname, 'keeper.ts'), JSON.stringify(settings), ...(primary ? [primary.url] : [])]
  const keeper = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: keeper.stdout })[Symbol.asyncIterator]()
  const answer = async () => {
    const { done, value } = await lines.next()
    if (done === true) throw new Error('The keeper of the server has ended.')
    return value
  }
  const tell = async (line: string) => {
    keeper.stdin.write(`${line}\n`)
    await answer()
  }
  const url = await answer()
  // It stays for this process, and does not keep it.
  keeper.unref()
  for (const pipe of [keeper.stdin, keeper.stdout]) (pipe as unknown as { unref: () => void }).unref()
  return {
    url,
    start: () => tell('start'),
    stop: (how) => tell(`stop ${how}`),
    async close() {
      keeper.stdin.end()
      keeper.ref()
      await once(keeper, 'exit')
    },
  }
}
