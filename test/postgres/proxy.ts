import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A network between a node and its server that can be made to fail. */
export interface Proxy {
  /** A server's address by way of this network. */
  readonly through: (url: string) => string
  /** From now on nothing gets through, in either direction, and nobody is told. */
  readonly swallow: () => void
  /** Everything gets through again; what was swallowed stays so. */
  readonly heal: () => void
  /** Cuts every connection there is. */
  readonly cut: () => void
  readonly connections: () => number
  readonly close: () => void
}

/** Opens a network to the server at an address. */
export async function openProxy(url: string): Promise<Proxy> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let isSwallowing = false
  const listener = createServer((inner) => {
    const outer = connect(Number(target.port), target.hostname)
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk) => isSwallowing || to.write(chunk))
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        if (!isSwallowing) to.destroy()
      })
    }
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    through(url) {
      const address = new URL(url)
      address.port = String(port)
      return address.href
    },
    swallow: () => void (isSwallowing = true),
    heal: () => void (isSwallowing = false),
    cut,
    connections: () => sockets.size / 2,
    close() {
      listener.close()
      cut()
    },
  }
}
