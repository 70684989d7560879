import type { Answer, PublicCall } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import { readParameters } from '../parameter.ts'
import { object, string } from '../shape.ts'
import { wholeSecond } from '../whole-second.ts'

/** The body of a token request. */
export const tokenShape = object({ userName: string(), apiKey: string() })

/** Exchanges a user's name and API key for a signed token. */
export async function answerToken({ query, body, tokens }: PublicCall): Promise<Answer> {
  readParameters({}, query)
  const { userName, apiKey } = readJson(body, tokenShape)
  const { token, expiresAtMs } = await tokens.forUser(userName, apiKey)
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ success: true, token, expires: wholeSecond(new Date(expiresAtMs).toISOString()) }),
  }
}
