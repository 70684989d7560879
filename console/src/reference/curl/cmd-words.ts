import { bareAmpersand, fileInput, isEnd, neverClosed } from './command-end.ts'
import type { Word, Words } from './word.ts'

const QUOTED = /\$'(?:[^'\\]|\\[^])*'?|'[^']*'?|"(?:[^"\\]|\\[^])*"?|\\[^]/y

/** Whether a line is written for the Windows command prompt: outside quotes a caret stands before a quote or a line's end. */
export function isForCmd(line: string): boolean {
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '^' && /["\r\n]/.test(line[at + 1] ?? '')) return true
    QUOTED.lastIndex = at
    if (QUOTED.test(line)) at = QUOTED.lastIndex - 1
  }
  return false
}

/** A character that is left when carets have been dealt with, and where it was written. */
interface Written {
  readonly character: string
  readonly at: number
}

/** Splits a command line as the Windows command prompt, and then the program's start-up code, do. Throws `CurlFault`. */
export function cmdWords(line: string): Words {
  const { characters, leftOut } = withoutCarets(line)
  return { words: split(characters, line), variables: [], leftOut }
}

function withoutCarets(line: string): { readonly characters: readonly Written[]; readonly leftOut: string } {
  const characters: Written[] = []
  let isQuoted = false
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? ''
    if (character === '"') isQuoted = !isQuoted
    if (isQuoted || !'^\r\n|&<>'.includes(character)) characters.push({ character, at })
    else if (character === '^') {
      const { text, length } = afterCaret(line, at + 1)
      if (text !== '') characters.push({ character: text, at })
      at += length
    } else if (character === '\n' || character === '\r') {
      if (isEnd(line, at + 1, characters.length)) break
      characters.push({ character: ' ', at })
    } else if (character === '&') throw bareAmpersand(at)
    else if (character === '<') throw fileInput(at)
    else return { characters, leftOut: line.slice(at).trim() }
  }
  return { characters, leftOut: '' }
}

// A line's end goes with its caret, and a second one is text: so browsers write newlines in a body.
function afterCaret(line: string, at: number): { readonly text: string; readonly length: number } {
  const ends = /^\r?\n(\r?\n)?/.exec(line.slice(at, at + 4))
  if (ends) return { text: ends[1] === undefined ? '' : '\n', length: ends[0].length }
  return { text: line[at] ?? '', length: 1 }
}

function split(characters: readonly Written[], line: string): readonly Word[] {
  const words: Word[] = []
  let text: string | null = null
  let from = 0
  let quotedAt = -1
  const close = (end: number) => {
    if (text !== null) words.push({ text, at: from, end })
    text = null
  }
  for (let index = 0; index < characters.length; index += 1) {
    const { character, at } = characters[index] ?? { character: '', at: 0 }
    if (quotedAt === -1 && /\s/.test(character)) {
      close(at)
      continue
    }
    if (text === null) from = at
    text ??= ''
    if (character === '\\') {
      let slashes = 1
      while (characters[index + 1]?.character === '\\') {
        slashes += 1
        index += 1
      }
      // Backslashes are themselves unless a quote follows.
      const isBeforeQuote = characters[index + 1]?.character === '"'
      text += '\\'.repeat(isBeforeQuote ? Math.floor(slashes / 2) : slashes)
      if (isBeforeQuote && slashes % 2 === 1) {
        text += '"'
        index += 1
      }
    } else if (character !== '"') text += character
    else if (quotedAt !== -1 && characters[index + 1]?.character === '"') {
      text += '"'
      index += 1
    } else quotedAt = quotedAt === -1 ? at : -1
  }
  if (quotedAt !== -1) throw neverClosed(quotedAt)
  close(line.length)
  return words
}
