import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

// The ceiling: node:http and nothing else, sending in turn the pages of the file named on the command line, whose lengths are
// in the one named after it.
const [pagesFile = '', lengthsFile = ''] = process.argv.slice(2)
const all = readFileSync(pagesFile)
let end = 0
const pages = (JSON.parse(readFileSync(lengthsFile, 'utf8')) as readonly number[]).map((length) => {
  end += length
  return all.subarray(end - length, end)
})
let at = 0
const server = createServer((_request, response) => {
  at = (at + 1) % pages.length
  const page = pages[at] ?? all
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': page.length })
  response.end(page)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address) console.log(`listening on http://127.0.0.1:${address.port}`)
})
