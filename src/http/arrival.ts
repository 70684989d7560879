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
 * The round of the event loop at whose beginning a request had come already, or begun to; to be called as soon as its head is read.
 * Infinity where that is not sure: what the round brought on its connection may have been the end of the request before, and this
 * one have come while the round was under way. On Windows it never is: there a socket may be read again within a round.
 */
export function arrivalOf(request: IncomingMessage): number {
  const now = process.platform === 'win32' ? Infinity : round()
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
