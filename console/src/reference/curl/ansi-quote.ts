import { neverClosed } from './command-end.ts'
import { CurlFault } from './fault.ts'

const LETTERS: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}
const BYTE = /\\(?:x([\dA-Fa-f]{1,2})|([0-7]{1,3}))/y
const CODE = /\\(?:u([\dA-Fa-f]{1,4})|U([\dA-Fa-f]{1,8}))/y
const CONTROL = /\\c([\u0020-\u007e])/y

/** Reads `$'…'` of bash, which begins at the `$`. Throws `CurlFault` where it is not closed or says no text. */
export function ansiQuoted(line: string, at: number): { readonly text: string; readonly end: number } {
  let text = ''
  let next = at + 2
  while (next < line.length) {
    const character = line[next] ?? ''
    if (character === "'") return { text, end: next + 1 }
    const escape = character === '\\' ? readEscape(line, next) : { text: character, end: next + 1 }
    text += escape.text
    next = escape.end
  }
  throw neverClosed(at)
}

function readEscape(line: string, at: number): { readonly text: string; readonly end: number } {
  const bytes: number[] = []
  let end = at
  for (let found = matchAt(BYTE, line, end); found; found = matchAt(BYTE, line, end)) {
    bytes.push(found[1] === undefined ? parseInt(found[2] ?? '', 8) & 0xff : parseInt(found[1], 16))
    end += found[0].length
  }
  if (bytes.length > 0) return { text: decode(bytes, at, end), end }
  const code = matchAt(CODE, line, at)
  if (code) return { text: character(parseInt(code[1] ?? code[2] ?? '', 16), at, code[0]), end: at + code[0].length }
  const control = matchAt(CONTROL, line, at)
  if (control) return { text: character((control[1] ?? '').charCodeAt(0) & 0x1f, at, control[0]), end: at + 3 }
  const letter = line[at + 1] ?? ''
  const known = LETTERS[letter] ?? (`\\'"?`.includes(letter) ? letter : `\\${letter}`)
  return { text: known, end: at + 2 }
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(line)
}

// Browsers write surrogate pairs as two escapes, which stand together as one character.
function character(code: number, at: number, written: string): string {
  if (code > 0x10ffff || code === 0) throw noText(at, at + written.length)
  return code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code)
}

function decode(bytes: readonly number[], at: number, end: number): string {
  if (bytes.includes(0)) throw noText(at, end)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes))
  } catch {
    throw noText(at, end)
  }
}

function noText(at: number, end: number): CurlFault {
  return new CurlFault('These escapes are not text in UTF-8.', at, end)
}
