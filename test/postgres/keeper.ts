import { createInterface } from 'node:readline'
import { makeCluster, type Settings } from './cluster.ts'

// A process that has a server for as long as its standard input is open: whoever started it may end however it likes, and
// nothing is left behind. It says the server's address, then answers each line it is told with one of its own.

process.on('SIGINT', () => undefined)
const settings = JSON.parse(process.argv[2] ?? '{}') as Settings
const cluster = await makeCluster(settings, process.argv[3])
process.stdout.on('error', () => undefined)
process.stdout.write(`${cluster.url}\n`)
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'start') await cluster.start()
  if (line === 'stop fast') await cluster.stop('fast')
  if (line === 'stop immediate') await cluster.stop('immediate')
  process.stdout.write(`${line}\n`)
}
await cluster.remove()
