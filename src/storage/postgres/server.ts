import pg from 'pg'
import { DirectoryError } from '../../core/error.ts'
import { connectionConfig, heard } from './connection.ts'

/** Asks the server at a URL, once it is known to be one that Rollcall can use. */
export async function onServer<T>(url: string, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = new pg.Client(connectionConfig(url))
  client.on('error', () => undefined)
  try {
    await heard(client.connect())
    return await work(client)
  } finally {
    await client.end()
  }
}
void DirectoryError
