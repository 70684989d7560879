/** From nothing to a password that is not guessed. */
export type Strength = 0 | 1 | 2 | 3 | 4

const BITS = [1, 36, 56, 76] as const
const COMMON = [
  'password',
  'passwort',
  'motdepasse',
  'contraseña',
  'qwerty',
  'qwertz',
  'azerty',
  'letmein',
  'admin',
  'rollcall',
]

/**
 * Guesses how hard a password is to guess, for a hint while it is typed. Length counts most; repeated characters, runs
 * such as `abcd`, well-known words and what is known of the person count for little.
 */
export function strengthOf(password: string, known: readonly string[] = []): Strength {
  let rest = password.toLowerCase()
  for (const word of [...COMMON, ...known.map((one) => one.toLowerCase())]) {
    if (word.length >= 3) rest = rest.replaceAll(word, word.slice(0, 1))
  }
  const shortened = password.length - rest.length
  const bits = effectiveLength(rest) * Math.log2(poolOf(password)) + (shortened > 0 ? 2 : 0)
  return BITS.filter((needed) => bits >= needed).length as Strength
}

/** Characters that could not be foretold from the one before. */
function effectiveLength(text: string): number {
  let length = 0
  let before = Number.NaN
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    length += Math.abs(code - before) <= 1 ? 0.25 : 1
    before = code
  }
  return length
}

function poolOf(password: string): number {
  const sorts: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[ -/:-@[-`{-~]/, 33],
    [/[^\0-~]/, 64],
  ]
  return sorts.reduce((sum, [sort, size]) => (sort.test(password) ? sum + size : sum), 1)
}
