import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { round } from '../core/round.ts'
import { hasBody } from './body.ts'

interface Last {
  round: number
  hadBody: boolean
}

const lastOn = new WeakMap<Socket, Last>()

/**
 * The round of the event loop before which the client of a request was asking already, to be called as soon as its head is read.
 * Infinity where that is not sure: what the round brought on its connection may have been the end of the request before, and this
 * one have come while the round was under way.
 */
export function arrivalOf(request: IncomingMessage): number {
  const now = round()
  const hadBody = hasBody(request)
  const last = lastOn.get(request.socket)
  if (last === undefined) {
    lastOn.set(request.socket, { round: now, hadBody })
    return now
  }
  const isSure = last.round < now && !last.hadBody
  last.round = now
  last.hadBody = hadBody
  return isSure ? now : Infinity
}
