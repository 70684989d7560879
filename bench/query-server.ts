import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { Pool } from 'pg'

// The other side of a question to PostgreSQL: one statement through the same driver, its documents joined and sent by
// node:http. `query-server.ts URL FILE`; the file holds the statement as JSON.
const CONNECTIONS = 4

const [url = '', file = ''] = process.argv.slice(2)
const { text, values } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly text: string
  readonly values: readonly unknown[]
}
const pool = new Pool({ connectionString: url, max: CONNECTIONS })

async function answer(): Promise<Buffer> {
  const { rows } = await pool.query<[string]>({ name: 'question', text, values: [...values], rowMode: 'array' })
  return Buffer.from(`[${rows.map(([document]) => document).join(',')}]`)
}

const server = createServer((_request, response) => {
  answer().then(
    (body) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
      response.end(body)
    },
    (error: unknown) => {
      console.error(error)
      response.writeHead(500).end()
    },
  )
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address) console.log(`listening on http://127.0.0.1:${address.port}`)
})
