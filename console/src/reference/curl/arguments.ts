import { CurlFault } from './fault.ts'
import { optionByLetter, optionByName, similarOptions, type CurlOption } from './options.ts'
import type { Word } from './word.ts'

/** An option as it was given, or an address without one. */
export interface Argument {
  /** As written, for messages: `-X`, `--request`; empty for an address. */
  readonly written: string
  readonly meaning: CurlOption['meaning'] | 'address'
  readonly value: string
  readonly word: Word
}

/** What curl makes of its words: combined letters taken apart, values beside their options. Throws `CurlFault`. */
export function argumentsOf(words: readonly Word[]): readonly Argument[] {
  const read: Argument[] = []
  let isPlain = false
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]
    if (!word) break
    const next = words[index + 1]
    if (isPlain || !word.text.startsWith('-') || word.text === '-') {
      read.push({ written: '', meaning: 'address', value: word.text, word })
    } else if (word.text === '--') isPlain = true
    else {
      const given = word.text.startsWith('--') ? [longOption(word, next)] : letters(word, next)
      read.push(...given.map(({ argument }) => argument))
      if (given.some(({ tookNext }) => tookNext)) index += 1
    }
  }
  return read
}

interface Given {
  readonly argument: Argument
  readonly tookNext: boolean
}

function longOption(word: Word, next: Word | undefined): Given {
  const [, name = '', value] = /^--([^=]*)(?:=([^]*))?$/.exec(word.text) ?? []
  const written = `--${name}`
  const option = optionByName(name)
  if (!option) throw unknown(written, similarOptions(name), word)
  if (option.meaning === 'refused') throw refused(option, written, word)
  if (option.takesValue) return withValue(option, written, value, word, next)
  if (value !== undefined) throw new CurlFault(`${written} takes no value.`, word.at, word.end)
  return { argument: argumentOf(option, written, '', word), tookNext: false }
}

function letters(word: Word, next: Word | undefined): readonly Given[] {
  const given: Given[] = []
  for (let at = 1; at < word.text.length; at += 1) {
    const letter = word.text[at] ?? ''
    const written = `-${letter}`
    const option = optionByLetter(letter)
    if (!option) throw unknown(written, [], word)
    if (option.meaning === 'refused') throw refused(option, written, word)
    if (option.takesValue) {
      const rest = word.text.slice(at + 1)
      return [...given, withValue(option, written, rest === '' ? undefined : rest, word, next)]
    }
    given.push({ argument: argumentOf(option, written, '', word), tookNext: false })
  }
  return given
}

function withValue(
  option: CurlOption,
  written: string,
  own: string | undefined,
  word: Word,
  next: Word | undefined,
): Given {
  if (own !== undefined) return { argument: argumentOf(option, written, own, word), tookNext: false }
  if (!next) throw new CurlFault(`${written} needs a value after it.`, word.at, word.end)
  return { argument: argumentOf(option, written, next.text, next), tookNext: true }
}

function argumentOf({ meaning }: CurlOption, written: string, value: string, word: Word): Argument {
  return { written, meaning, value, word }
}

function unknown(written: string, similar: readonly string[], { at, end }: Word): CurlFault {
  const hint = similar.length === 0 ? '' : ` Is it ${similar.map((name) => `--${name}`).join(' or ')}?`
  return new CurlFault(`This page does not know the option ${written}.${hint}`, at, end)
}

function refused({ reason }: CurlOption, written: string, { at, end }: Word): CurlFault {
  return new CurlFault(`${written}: ${reason}`, at, end)
}
