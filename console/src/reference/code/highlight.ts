/** A piece of text and what it is. */
export interface Piece {
  readonly kind: 'plain' | 'text' | 'number' | 'word' | 'key' | 'comment'
  readonly text: string
}

// Texts with their escapes, comments to the end of a line, numbers, words; whatever else comes one character at a time.
const CODE =
  /(?<text>"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\]|\\[^])*'|`[^`]*`)|(?<comment>(?:\/\/|#)[^\n]*)|(?<number>-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)|(?<word>[A-Za-z_$][\w$]*)|(?<plain>[^])/y
const WORDS = new Set(
  `const await import func package defer if nil return var new public class static void throws throw require puts true false null
  None True False echo do print`.split(/\s+/),
)

/** Splits code of any of the languages into pieces to colour. Together they are the code. */
export function highlight(code: string): readonly Piece[] {
  return pieces(code, (kind, text) => (kind === 'word' && !WORDS.has(text) ? 'plain' : kind))
}

/** Splits JSON into pieces to colour: names of members apart from texts. Text that is no JSON is coloured as far as it looks like it. */
export function highlightJson(json: string): readonly Piece[] {
  return pieces(json, (kind, text, rest) => {
    if (kind === 'text') return text.startsWith('"') ? (/^\s*:/.test(rest) ? 'key' : 'text') : 'plain'
    if (kind === 'word') return /^(?:true|false|null)$/.test(text) ? 'word' : 'plain'
    return kind === 'comment' ? 'plain' : kind
  })
}

function pieces(
  code: string,
  judge: (kind: Piece['kind'], text: string, rest: string) => Piece['kind'],
): readonly Piece[] {
  const found: { kind: Piece['kind']; text: string }[] = []
  CODE.lastIndex = 0
  for (let match = CODE.exec(code); match; match = CODE.exec(code)) {
    const [text] = match
    const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {}
    const named = Object.entries(groups).find(([, one]) => one !== undefined)
    const kind = judge((named?.[0] ?? 'plain') as Piece['kind'], text, code.slice(CODE.lastIndex, CODE.lastIndex + 20))
    const last = found.at(-1)
    if (last && last.kind === 'plain' && kind === 'plain') last.text += text
    else found.push({ kind, text })
  }
  return found
}
