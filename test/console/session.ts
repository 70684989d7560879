import assert from 'node:assert/strict'
import type { Browser } from './browser.ts'

/** Signs a browser in with a token, as the sign-in page does it: from here on its pages ask in a session. */
export async function signIn(browser: Browser, url: string, token: string): Promise<void> {
  const answer = await fetch(`${url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, 'x-rollcall-console': '1' },
    body: JSON.stringify({ token }),
  })
  assert.equal(answer.status, 201, await answer.text())
  const [, name = '', value = ''] = /^([^=;]+)=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? []
  await browser.context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Strict' }])
}
