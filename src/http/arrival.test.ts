import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { after, before, beforeEach, describe, it } from 'node:test'
import { round } from '../core/round.ts'
import { arrivalOf } from './arrival.ts'

const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'
const POST = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}'

/** Holds up the event loop until all that was written has come. */
function busy(): void {
  const untilMs = Date.now() + 30
  while (Date.now() < untilMs);
}

describe('the arrival of a request', () => {
  let server: Server
  let arrivals: number[]
  let sockets: Socket[] = []
  before(async () => {
    server = createServer((request, response) => {
      arrivals.push(arrivalOf(request))
      request.resume().on('end', () => response.end())
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  beforeEach(() => {
    arrivals = []
    for (const socket of sockets) socket.destroy()
    sockets = []
  })
  after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })

  const connection = async (): Promise<Socket> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setNoDelay()
    socket.resume()
    sockets.push(socket)
    await once(socket, 'connect')
    return socket
  }
  const arrived = async (count: number): Promise<readonly number[]> => {
    while (arrivals.length < count) await setImmediate()
    return arrivals
  }
  /** Sends something, and waits for one request to have been answered. */
  const exchange = async (socket: Socket, sent: string): Promise<number | undefined> => {
    const before = arrivals.length
    socket.write(sent)
    await arrived(before + 1)
    await once(socket, 'data')
    return arrivals.at(-1)
  }

  it('is one round for all that were there when it began', async () => {
    const [one, other] = [await connection(), await connection()]
    one.write(GET)
    other.write(GET)
    busy()
    const [first, second] = await arrived(2)
    assert.ok(Number.isFinite(first))
    assert.equal(first, second)
  })

  it('is a later round for what comes later, also where nothing else happens in between', async () => {
    const [one, other] = [await connection(), await connection()]
    const first = await exchange(one, GET)
    const second = await exchange(other, GET)
    const third = await exchange(one, GET)
    assert.ok(first !== undefined && second !== undefined && third !== undefined)
    assert.ok(first < second && second < third)
    assert.ok(Number.isFinite(third))
  })

  it('is not before the round of a timer or of work put off that came before it', async () => {
    const socket = await connection()
    await setImmediate()
    const putOff = round()
    const arrival = await exchange(socket, GET)
    assert.ok(arrival !== undefined && arrival > putOff)
  })

  it('is not sure for a request that came in one piece with another', async () => {
    const socket = await connection()
    socket.write(GET + GET)
    const [first, second] = await arrived(2)
    assert.ok(Number.isFinite(first))
    assert.equal(second, Infinity)
  })

  it('is not sure behind a body, whose end may have come with the request', async () => {
    const socket = await connection()
    assert.ok(Number.isFinite(await exchange(socket, POST)))
    assert.equal(await exchange(socket, GET), Infinity)
    assert.ok(Number.isFinite(await exchange(socket, GET)))
  })
})
