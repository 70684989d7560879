import { startServer, type Server } from './server.ts'
import { SHARED_SERVER } from './shared.ts'

let server: Server | undefined

/** Starts one server for all test files of a run. */
export async function globalSetup(): Promise<void> {
  server = await startServer()
  process.env[SHARED_SERVER] = server.url
}

/** Ends it. */
export async function globalTeardown(): Promise<void> {
  await server?.close()
}
