/** A word of a command line as a program is given it, and where it was written. */
export interface Word {
  readonly text: string
  readonly at: number
  readonly end: number
}

/** The first command of what was pasted. */
export interface Words {
  readonly words: readonly Word[]
  /** Variables of the shell, whose values are not known here; they stay in the words as they are written. */
  readonly variables: readonly string[]
  /** What follows a `|`, `>`, `;` or `&&`; empty when nothing does. */
  readonly leftOut: string
}
