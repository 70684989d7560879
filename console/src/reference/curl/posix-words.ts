import { ansiQuoted } from './ansi-quote.ts'
import { bareAmpersand, fileInput, isEnd, neverClosed } from './command-end.ts'
import { CurlFault } from './fault.ts'
import type { Word, Words } from './word.ts'

/** What has been read of a line, and where reading is. */
interface Cursor {
  readonly line: string
  at: number
  readonly variables: string[]
}

const NEWLINE = /\r?\n/y
// A PowerShell line goes on after a backtick.
const CONTINUED = /[\\`]\r?\n/y
const COMMENT = /#[^\n]*/y
// Pages that lost their newlines have blanks after the backslash.
const LOST_NEWLINE = /\\[ \t]+(?:\r?\n)?/y
const PROMPT = /[$%>][ \t]+(?=\S)/y
const VARIABLE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/y

/** Splits a command line of a POSIX shell. Throws `CurlFault`. */
export function posixWords(line: string): Words {
  const cursor: Cursor = { line, at: 0, variables: [] }
  const words: Word[] = []
  while (cursor.at < line.length) {
    const { at } = cursor
    if (skip(cursor, NEWLINE)) {
      if (isEnd(line, cursor.at, words.length)) break
      continue
    }
    if (skipBlank(cursor) || (words.length === 0 && skip(cursor, PROMPT))) continue
    const operator = operatorAt(cursor)
    if (operator !== '') {
      // `2>&1`: the number belongs to the redirection.
      const last = words.at(-1)
      if (operator === '>' && last?.end === at && /^\d$/.test(last.text)) words.pop()
      return { words, variables: cursor.variables, leftOut: line.slice(operator === ';' ? at + 1 : at).trim() }
    }
    words.push({ text: readWord(cursor), at, end: cursor.at })
  }
  return { words, variables: cursor.variables, leftOut: '' }
}

function skip(cursor: Cursor, pattern: RegExp): boolean {
  pattern.lastIndex = cursor.at
  if (!pattern.test(cursor.line)) return false
  cursor.at = pattern.lastIndex
  return true
}

function skipBlank(cursor: Cursor): boolean {
  if (BLANK.includes(cursor.line[cursor.at] ?? '')) {
    cursor.at += 1
    return true
  }
  return skip(cursor, CONTINUED) || skip(cursor, LOST_NEWLINE) || skip(cursor, COMMENT)
}

function operatorAt({ line, at }: Cursor): string {
  const character = line[at] ?? ''
  if (character === '&' && line[at + 1] !== '&') throw bareAmpersand(at)
  if (character === '<') throw fileInput(at)
  return '|;&>'.includes(character) ? character : ''
}

const BLANK = ' \t\r\u00a0'
const ENDS_WORD = /[ \t\r\n\u00a0|;&<>]/

function readWord(cursor: Cursor): string {
  const { line } = cursor
  let text = ''
  while (cursor.at < line.length) {
    const character = line[cursor.at] ?? ''
    if (ENDS_WORD.test(character)) break
    if (character === '`' || character === '\\') {
      if (skip(cursor, CONTINUED)) continue
      if (character === '`') throw commandInside(cursor.at)
      text += line[cursor.at + 1] ?? ''
      cursor.at += 2
    } else if (character === "'") text += singleQuoted(cursor)
    else if (character === '"') text += doubleQuoted(cursor)
    else if (character === '$') text += afterDollar(cursor)
    else {
      text += character
      cursor.at += 1
    }
  }
  cursor.at = Math.min(cursor.at, line.length)
  return text
}

function commandInside(at: number): CurlFault {
  return new CurlFault('A shell would run a command here, and this page cannot. Put in what it would say.', at, at + 1)
}

function singleQuoted(cursor: Cursor): string {
  const from = cursor.at + 1
  const to = cursor.line.indexOf("'", from)
  if (to === -1) throw neverClosed(cursor.at)
  cursor.at = to + 1
  return cursor.line.slice(from, to)
}

function doubleQuoted(cursor: Cursor): string {
  const { line, at } = cursor
  let text = ''
  cursor.at += 1
  while (cursor.at < line.length) {
    const character = line[cursor.at] ?? ''
    if (character === '"') {
      cursor.at += 1
      return text
    }
    if (character === '`') throw commandInside(cursor.at)
    if (character === '$') text += variable(cursor)
    else if (character !== '\\') {
      text += character
      cursor.at += 1
    } else if (!skip(cursor, CONTINUED)) {
      // Before anything else a backslash is a backslash.
      const next = line[cursor.at + 1] ?? ''
      text += '$`"\\'.includes(next) ? next : `\\${next}`
      cursor.at += 2
    }
  }
  throw neverClosed(at)
}

function afterDollar(cursor: Cursor): string {
  const next = cursor.line[cursor.at + 1]
  if (next === '"') {
    cursor.at += 1
    return doubleQuoted(cursor)
  }
  if (next !== "'") return variable(cursor)
  const { text, end } = ansiQuoted(cursor.line, cursor.at)
  cursor.at = end
  return text
}

function variable(cursor: Cursor): string {
  const { line, at } = cursor
  if (line[at + 1] === '(') throw commandInside(at)
  VARIABLE.lastIndex = at
  const found = VARIABLE.exec(line)
  if (!found) {
    cursor.at += 1
    return '$'
  }
  cursor.variables.push(found[1] ?? found[2] ?? '')
  cursor.at += found[0].length
  return found[0]
}
