import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A process that commits until it is ended. */
export interface Writer {
  /** The revisions it was told are durable. */
  readonly told: readonly number[]
  /** Waits until it has been told of so many. */
  readonly hasBeenTold: (count: number) => Promise<void>
  /** Ends it at once, whatever it is doing. */
  readonly kill: () => Promise<void>
}

/** Starts a node of its own on a database that has customer 1; each of its commits writes so many users. */
export function startWriter(url: string, node: number, users: number): Writer {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), url, String(node), String(users)], {
    // It ends with this process, too.
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const told: number[] = []
  const waiting = new Set<() => void>()
  const ended = once(child, 'exit')
  createInterface({ input: child.stdout }).on('line', (line) => {
    told.push(Number(line))
    for (const look of waiting) look()
  })
  return {
    told,
    hasBeenTold: (count) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (told.length < count) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        child.once('exit', () => {
          reject(new Error('The writer ended by itself.'))
        })
        look()
      }),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
