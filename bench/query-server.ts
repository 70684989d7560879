import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { Pool } from 'pg'

// The other side of a question to PostgreSQL: one statement through the same driver, its documents joined and sent by
// node:http. `query-server.ts URL FILE`; the file holds the statement as JSON.
const CONNECTIONS = 4

const [url = '', file = ''] = process.argv.slice(2)
const { text, values } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly text: string
  readonly values: readonly unknown[]
}
// What nobody waits for any more must not burden the side that is asked next: the server looks whether its client is there.
const options = '-c client_connection_check_interval=100'
const pool = new Pool({ connectionString: url, max: CONNECTIONS, options })

async function answer(response: ServerResponse): Promise<Buffer | null> {
  const client = await pool.connect()
  if (response.destroyed) {
    client.release()
    return null
  }
  const cut = (): void => client.release(true)
  response.once('close', cut)
  const { rows } = await client.query<[string]>({ name: 'question', text, values: [...values], rowMode: 'array' })
  response.off('close', cut)
  client.release()
  return Buffer.from(`[${rows.map(([document]) => document).join(',')}]`)
}

const server = createServer((_request, response) => {
  answer(response).then(
    (body) => {
      if (body === null) return
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
      response.end(body)
    },
    (error: unknown) => {
      if (response.destroyed) return
      console.error(error)
      response.writeHead(500).end()
    },
  )
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address) console.log(`listening on http://127.0.0.1:${address.port}`)
})
