import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A network between a node and its server that can be made to fail. */
export interface Proxy {
  /** A server's address by way of this network. */
  readonly through: (url: string) => string
  /** From now on nothing gets through, in either direction, not even that a connection ends, and nobody is told. */
  readonly swallow: () => void
  /** The same from the moment at which the server has been told to commit a write with a receipt: its answer is lost. */
  readonly swallowAnswer: () => Promise<void>
  /** New connections get through again; those of which anything may have been swallowed stay silent. */
  readonly heal: () => void
  /** From now on what the server says takes so many milliseconds more. */
  readonly lag: (ms: number) => void
  /** Cuts every connection there is. */
  readonly cut: () => void
  readonly connections: () => number
  readonly close: () => void
}

interface Link {
  readonly ends: readonly Socket[]
  isSilent: boolean
}

const RECEIPT = 'INSERT INTO receipts'
const COMMIT = 'COMMIT\0'

/** Opens a network to the server at an address. */
export async function openProxy(url: string): Promise<Proxy> {
  const target = new URL(url)
  const links = new Set<Link>()
  let isSwallowing = false
  let lagMs = 0
  let swallowed: (() => void) | undefined
  const swallow = () => {
    isSwallowing = true
    for (const link of links) link.isSilent = true
  }

  const open = (inner: Socket, outer: Socket) => {
    const link: Link = { ends: [inner, outer], isSilent: isSwallowing }
    links.add(link)
    let hasReceipt = false
    inner.on('data', (chunk) => {
      hasReceipt ||= chunk.includes(RECEIPT)
      const commits = hasReceipt && chunk.includes(COMMIT)
      if (commits) hasReceipt = false
      if (!link.isSilent) outer.write(chunk)
      if (!commits || swallowed === undefined) return
      swallow()
      swallowed()
      swallowed = undefined
    })
    outer.on('data', (chunk) => {
      const say = () => link.isSilent || inner.write(chunk)
      if (lagMs === 0) say()
      else setTimeout(say, lagMs)
    })
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      one.on('error', () => undefined)
      one.on('end', () => link.isSilent || other.end())
      one.on('close', () => {
        if (!link.isSilent) other.destroy()
        if (inner.destroyed && outer.destroyed) links.delete(link)
      })
    }
  }
  // An end that is half closed here is not told so by itself.
  const listener = createServer({ allowHalfOpen: true }, (inner) => {
    open(inner, connect({ port: Number(target.port), host: target.hostname, allowHalfOpen: true }))
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  const cut = () => {
    for (const { ends } of links) for (const end of ends) end.destroy()
  }
  return {
    through(url) {
      const address = new URL(url)
      address.port = String(port)
      return address.href
    },
    swallow,
    swallowAnswer: () => new Promise((resolve) => (swallowed = resolve)),
    heal: () => void (isSwallowing = false),
    lag: (ms) => void (lagMs = ms),
    cut,
    connections: () => links.size,
    close() {
      listener.close()
      cut()
    },
  }
}
