import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

// Runs all tests, or the files that are named. Most of them wait for servers of their own for much of their time, so at
// least two files run side by side, on two processors too.

const ALL = ['src/**/*.test.ts', 'test/**/*.test.ts']
const named = process.argv.slice(2)
const options = [
  '--test',
  '--test-global-setup=test/postgres/global-setup.ts',
  `--test-concurrency=${Math.max(2, availableParallelism() - 1)}`,
]
const tests = spawn(process.execPath, [...options, ...(named.length === 0 ? ALL : named)], {
  stdio: 'inherit',
  // Each file is a process of its own; what they all use is compiled once.
  env: { NODE_COMPILE_CACHE: join(import.meta.dirname, '../node_modules/.cache/tests'), ...process.env },
})
tests.on('exit', (code) => {
  process.exitCode = code ?? 1
})
