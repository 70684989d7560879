import { readFileSync } from 'node:fs'
import { CommandError } from '../command-error.ts'
import type { SettingSources } from './resolution.ts'

const FILE_NAME = 'rollcall.config.json'

/**
 * The members of the configuration file: the one named, or `rollcall.config.json` in the working folder if it is there.
 * Throws a sentence where a named file is missing or where it is no JSON object.
 */
export function readSettingsFile(path: string | undefined): SettingSources['file'] {
  const file = path ?? FILE_NAME
  let content: string
  try {
    content = readFileSync(file, 'utf8')
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isMissing && path === undefined) return null
    throw new CommandError(`The configuration file ${file} ${isMissing ? 'does not exist' : 'cannot be read'}.`)
  }
  const members = parsed(content.replace(/^\uFEFF/, ''), file)
  if (typeof members === 'object' && members !== null && !Array.isArray(members))
    return { path: file, members: members as Readonly<Record<string, unknown>> }
  throw new CommandError(`The configuration file ${file} must be one JSON object.`)
}

function parsed(content: string, file: string): unknown {
  try {
    return JSON.parse(content)
  } catch (error) {
    // The parser quotes what it stumbles over, which may be a secret.
    const place = error instanceof SyntaxError ? /line \d+ column \d+/.exec(error.message)?.[0] : undefined
    throw new CommandError(
      `The configuration file ${file} is not well-formed JSON${place === undefined ? '' : ` (${place})`}.`,
    )
  }
}
