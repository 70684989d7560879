import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ask, serve, tokenIn, workingFolder } from '../e2e/command.ts'
import { openBrowser } from './browser.ts'
import { signIn } from './signed-in.ts'

// Takes the pictures of README.md anew: node test/console/screenshots.ts

const FOLDER = resolve(import.meta.dirname, '../../docs/screenshots')
const FILE = [
  'First name,Last name,Email address,Job title,Status',
  'Amélie,Durand,amelie.durand@example.com,Dispatcher,ACTIVE',
  'Jürgen,Groß,juergen.gross@example.com,Driver,ACTIVE',
  'Zoë,Łukaszewicz,not-an-address,Driver,STAGED',
  '陳,小明,xiaoming.chen@example.com,Planner,ACTIVE',
].join('\n')

const server = await serve(['--demo', '20000'], { cwd: workingFolder() })
const token = tokenIn(server.stdout)
mkdirSync(FOLDER, { recursive: true })

for (const colorScheme of ['light', 'dark'] as const) {
  const browser = await openBrowser(server.url, { colorScheme })
  await signIn(browser, server.url, { token })
  const take = async (path: string, name: string, until: string, act?: (page: Page) => Promise<void>) => {
    const page = await browser.open(path)
    await act?.(page)
    await page.locator(until).first().waitFor()
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: join(FOLDER, `${name}.png`) })
    await page.close()
  }
  if (colorScheme === 'light') {
    await take('/console/users?q=jean+status:active,locked', 'users', '[data-row="3"] a')
    await take('/console/import', 'import', 'text=juergen', async (page) => {
      const buffer = Buffer.from(FILE)
      await page.locator('input[type=file]').setInputFiles({ name: 'users.csv', mimeType: 'text/csv', buffer })
    })
    await take('/reference/devrev/sysUsersListPost', 'reference', 'h2')
    await take('/console/customers', 'customers', '[role=treegrid] [role=row]')
    await take('/console/settings', 'settings', 'table')
  } else {
    const { body } = await ask(server.url, '/v1/users?email=zoe.lefevre@company.fr', token)
    const id = (body as { readonly users: readonly { readonly id: string }[] }).users[0]?.id ?? ''
    await take(`/console/users?user=${id}`, 'user-dark', '[role=tabpanel]')
    await take('/console/tokens', 'tokens-dark', 'table')
    await take('/console/activity', 'activity-dark', 'canvas')
  }
  await browser.close()
}
await server.stop()

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof openBrowser>>['open']>>
