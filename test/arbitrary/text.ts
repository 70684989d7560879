import fc from 'fast-check'

/** Pieces of text that fold, order, tokenise or escape in ways engines get wrong. */
const PIECES = [
  // case pairs, and letters whose case changes are no pairs
  'a', 'A', 'e', 'é', 'e\u0301', 'E\u0301', 'ß', 'ẞ', 'ss', 'SS', 'ſ', 'İ', 'ı', 'i', 'I', 'Σ', 'σ', 'ς', 'ﬁ', 'Ǆ', 'ǅ',
  '\u212a', '\u212b', 'å', 'ŉ', 'ΰ', 'ᾳ', 'Ꭰ', 'ꭰ', '𐐀', '𐐨',
  // marks alone, marks in both orders, a mark that is a letter in upper case
  '\u0301', '\u0323', '\u0307\u0323', '\u0345', '\u20dd',
  // other scripts and directions
  '中', '丈', '한', '하', 'ㅎ', 'ᄒ', 'か', 'が', 'ｶﾞ', 'א', 'ع', 'ﷺ', 'ि', 'ก', '\u200f', '\u202e', '\u200d',
  // below, among and above the surrogates
  '\u0001', '\u001f', '\u007f', '\ud7ff', '\ue000', '\ufb01', '\ufeff', '\uffff', '𐀀', '😀', '👨‍👩‍👧', '🇫🇷', '\u{10ffff}',
  // what patterns, quotes and query languages are made of
  '%', '_', '*', '?', '\\', '/', '\'', '"', '`', '[', '\u2019', ']', '{', '}', '(', ')', '^', '$', ':', ';', '--', '+', '-',
  '~', '!', '#', '&', '|', '<', '>', '=', ',', '.', '@', '\t', '\n', '\r\n', ' ', '  ', '\u00a0', '\u3000',
  'AND', 'OR', 'NOT', 'NEAR', 'NULL', 'null', '0', '1', '10', '9', '٣', '½', '²',
] as const // prettier-ignore

/** Words that resemble each other, in several scripts. */
export const NAMES = [
  'Anna', 'Ana', 'Hanna', 'Hannah', 'Müller', 'Mueller', 'Muller', 'MULLER', 'Katharina', 'Katarina', 'Catherine',
  'Alexander', 'Alexandre', 'Aleksander', 'Alexandria', 'Straße', 'STRASSE', 'Strasse', 'Jean-Luc', 'O\'Brien', 'Łukasz',
  'Đorđe', 'Nguyễn', 'Nguyen', 'Σίσυφος', 'ΣΊΣΥΦΟΣ', 'Юлия', 'Юлія', '김민준', '김민주', '山田太郎', '山田', 'مريم', 'רחל', '𐐀𐐁𐐂𐐃', '𐐨𐐩𐐪𐐫',
  'de', 'la', 'li', 'Ng', 'x', 'abcdefg', 'abcdefgh', 'abcdefghi', 'abcdefghijklmnopqrstuvwxyz', 'zzyzx',
] as const // prettier-ignore

const piece = fc.constantFrom<string>(...PIECES)
const name = fc.constantFrom<string>(...NAMES)
// Any code point an engine may be given: everything but NUL and halves of surrogate pairs.
const point = fc.integer({ min: 1, max: 0x10ffff - 0x800 }).map((n) => String.fromCodePoint(n < 0xd800 ? n : n + 0x800))

const joined = (unit: fc.Arbitrary<string>, minLength: number, maxLength: number) =>
  fc.array(unit, { minLength, maxLength }).map((pieces) => pieces.join(''))

/** A text that can be stored, also an empty one. */
export const storableText: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: joined(piece, 0, 5) },
  { weight: 3, arbitrary: fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join(' ')) },
  { weight: 1, arbitrary: joined(fc.oneof(piece, name, point), 0, 6) },
  { weight: 1, arbitrary: joined(point, 0, 4) },
)

/** A text that can be stored and is not empty. */
export const storableWord: fc.Arbitrary<string> = storableText.map((text) => (text === '' ? 'a' : text))

const word = (letter: string) => `${letter.repeat(99)} `

/** Somewhat shorter and longer than what indexes take: texts that begin alike, beside the names above and far from them. */
export const longText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', 'a', 'Anna', 'Müller', 'x', '中', '\u{10ffff}'),
    fc.constantFrom(
      word('x').repeat(19) + 'x'.repeat(98),
      word('x').repeat(20),
      word('y').repeat(4) + word('é').repeat(17),
      word('中').repeat(7),
    ),
    fc.constantFrom('', 'a', 'x', 'xy', '中', '\u{10ffff}'),
  )
  .map((pieces) => pieces.join(''))

/** One or two pieces: short enough to be found within other texts. */
export const fragment: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: joined(piece, 1, 2) },
  { weight: 2, arbitrary: name },
  { weight: 1, arbitrary: point },
)
