import type { Answer, PublicCall } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import { describedMembers, describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { readParameters } from '../parameter.ts'
import { object, string } from '../shape.ts'
import { wholeSecond } from '../whole-second.ts'
import { TOKEN_MEANINGS } from './meaning.ts'

/** The body of a token request. */
export const tokenShape = object(describedMembers(TOKEN_MEANINGS, { userName: string(), apiKey: string() }))

/** The answer to one. */
export const issuedTokenSchema: Schema = {
  type: 'object',
  properties: describedSchemas(TOKEN_MEANINGS, {
    success: { type: 'boolean' },
    token: { type: 'string' },
    expires: { type: 'string', format: 'date-time' },
  }),
  required: ['success', 'token', 'expires'],
}

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
