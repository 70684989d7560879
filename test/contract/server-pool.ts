import { startRollcall, type Rollcall } from '../harness.ts'
import type { Given } from './fixture.ts'

/** Servers for fixtures. One that nothing has been written to, nor been counted on, serves the next fixture alike. */
export interface ServerPool {
  use<T>(given: Given, work: (server: Rollcall) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A pool that starts servers when they are first asked for. */
export function serverPool(): ServerPool {
  const idle = new Map<string, Rollcall>()

  const startFor = ({ rateLimits, fault, settings }: Given): Promise<Rollcall> =>
    startRollcall({
      dialects: settings,
      fault,
      rateLimits: rateLimits === 'vendor' ? 'vendor' : 'default',
      requestsPerMinute: rateLimits === 'spent' ? 1 : undefined,
    })

  return {
    async use(given, work) {
      const key = JSON.stringify(given)
      const server = idle.get(key) ?? (await startFor(given))
      idle.delete(key)
      try {
        return await work(server)
      } finally {
        const isCounted = given.rateLimits === 'vendor' || given.repeat !== undefined
        if (isCounted || (await server.isChanged())) await server.stop()
        else idle.set(key, server)
      }
    },
    async close() {
      await Promise.all([...idle.values()].map((server) => server.stop()))
    },
  }
}
