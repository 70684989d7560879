import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'

const SDK = fileURLToPath(new URL('../../sdk/', import.meta.url))

const PROGRAM = `
import { openClient, RollcallFault } from '@rollcall/sdk'
const rollcall = openClient({ url: process.env.URL, token: process.env.TOKEN })
const { total } = await rollcall.users.list({ limit: 1 })
let users = 0
for await (const user of rollcall.users.each({ limit: 7, fields: ['id'] })) users += 1
const refused = await rollcall.users.get('nobody').catch((error) => error)
console.log(JSON.stringify({ total, users, isFault: refused instanceof RollcallFault, status: refused.status }))
`

const TYPED = `
import { openClient } from '@rollcall/sdk'
const rollcall = openClient({ url: 'http://localhost', token: 'x' })
for await (const user of rollcall.users.each({ fields: ['id', 'email'] })) {
  const email: string | null = user.email
  // @ts-expect-error it was not asked for
  console.log(email, user.status)
}
`

describe('the packed client', () => {
  let server: Served
  let folder: string

  before(async () => {
    folder = workingFolder()
    server = await serve(['--demo', '60'], { cwd: folder })
    const installed = join(folder, 'node_modules/@rollcall/sdk')
    mkdirSync(installed, { recursive: true })
    const said = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: SDK, encoding: 'utf8' })
    const name = /"filename":\s*"([^"]+)"/.exec(said)?.[1] ?? ''
    execFileSync('tar', ['-xzf', join(folder, name), '-C', installed, '--strip-components=1'])
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  })
  after(() => server.stop())

  it('works by itself in Node', () => {
    writeFileSync(join(folder, 'program.js'), PROGRAM)
    const env = { ...process.env, URL: server.url, TOKEN: tokenIn(server.stdout), NODE_OPTIONS: '' }
    const said = execFileSync(process.execPath, ['program.js'], { cwd: folder, env, encoding: 'utf8' })
    const { total, users, ...refusal } = JSON.parse(said) as Readonly<Record<string, unknown>>
    assert.ok(typeof total === 'number' && total > 40)
    assert.equal(users, total)
    assert.deepEqual(refusal, { isFault: true, status: 404 })
  })

  it('brings types that know which fields were asked for', () => {
    writeFileSync(join(folder, 'typed.ts'), TYPED)
    const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))
    const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2024', '--lib', 'es2024,dom']
    try {
      execFileSync(process.execPath, [tsc, ...options, 'typed.ts'], { cwd: folder, encoding: 'utf8' })
    } catch (error) {
      assert.fail((error as { readonly stdout: string }).stdout)
    }
  })
})
