#!/usr/bin/env node
// Plain JavaScript on purpose: an old Node must be able to read this far to say what is wrong.
import { existsSync } from 'node:fs'
import * as module from 'node:module'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 24 || (major === 24 && minor < 7)) {
  console.error(`Rollcall needs Node 24.7 or newer; this is Node ${process.versions.node}.`)
  process.exit(2)
}

// What was compiled once is kept for the next start: beside the code, where nobody writes who could not change the code.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/rollcall', import.meta.url)))

// A checkout runs its sources as they are; the published package carries only the built files.
const source = new URL('../src/cli/main.ts', import.meta.url)
const built = new URL('../dist/cli/main.js', import.meta.url)
const { main } = await import((existsSync(source) ? source : built).href)
process.exitCode = await main(process.argv.slice(2))
