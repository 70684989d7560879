import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { serve, workingFolder, type Served } from '../e2e/command.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** What made-up users and their database are made by: with other sources they are made anew. */
const MAKERS = ['src/core', 'src/storage/sqlite', 'src/storage/sql', 'src/cli/demo']

/** A server over a copy of a directory with so many made-up users. The first who asks waits until they are made. */
export async function serveUsers(users: number): Promise<Served> {
  const folder = join(workingFolder(), 'data')
  cpSync(await madeUsers(users), folder, { recursive: true })
  return serve(['--data', folder], { cwd: folder })
}

// Kept between runs: making a hundred thousand users takes half a minute, a copy none.
async function madeUsers(users: number): Promise<string> {
  const kept = join(tmpdir(), `rollcall-users-${users}-${fingerprint()}`)
  if (existsSync(kept)) return kept
  const made = mkdtempSync(join(tmpdir(), 'rollcall-making-'))
  const args = [join(ROOT, 'bin/rollcall.js'), 'demo', '--users', String(users), '--data', join(made, 'data')]
  await promisify(execFile)(process.execPath, args)
  try {
    renameSync(join(made, 'data'), kept)
  } catch (error) {
    // Another test made them in the meantime.
    if (!existsSync(kept)) throw error
  }
  rmSync(made, { recursive: true, force: true })
  return kept
}

function fingerprint(): string {
  const digest = createHash('sha256')
  for (const folder of MAKERS) {
    for (const name of readdirSync(join(ROOT, folder)).sort()) {
      if (name.endsWith('.ts') && !name.endsWith('.test.ts'))
        digest.update(name).update(readFileSync(join(ROOT, folder, name)))
    }
  }
  return digest.digest('hex').slice(0, 16)
}
