import { Server } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Serving } from './serving.ts'

/**
 * Closes a server without cutting a request. First only `/readyz` says so, and balancers send no more. Then it stops to
 * listen and every answer ends its connection, while those that wait for a next request may still send one. At last
 * these are closed too, and what is in flight finishes; only what takes longer than it may is cut, and logged.
 */
export async function drain(serving: Serving, app: FastifyInstance): Promise<void> {
  const { log, metrics, settings } = serving
  const { drainNoticeMs, drainMs } = settings.timeouts
  serving.isDraining = true
  log.write({ event: 'stopping', inFlight: metrics.inFlight })
  await sleep(drainNoticeMs / 2)
  await quietTurn()
  serving.isClosing = true
  // The one of HTTP servers would close waiting connections at once.
  Server.prototype.close.call(app.server)
  await sleep(drainNoticeMs / 2)
  await quietTurn()
  app.server.closeIdleConnections()
  const cut = setTimeout(() => {
    log.write({ event: 'requests-cut', inFlight: metrics.inFlight, afterMs: drainMs })
    app.server.closeAllConnections()
  }, drainMs)
  await app.close()
  clearTimeout(cut)
}

const QUIET_MS = 1
const TURNS_MAX = 100

// The system resets what has arrived but was not taken yet. After a turn of the event loop this short there is hardly any.
async function quietTurn(): Promise<void> {
  for (let turns = 0; turns < TURNS_MAX; turns++) {
    const startMs = performance.now()
    await turn()
    if (performance.now() - startMs < QUIET_MS) return
  }
}
