/** Marks that are gathered one after another, in memory that is made once: every user has a hundred and more. */
export interface MarkList {
  add(mark: number): void
  /** Gives all that were added, in order, each once, and begins anew. */
  take(): Int32Array
}

const LENGTH_AT_FIRST = 1024

export function openMarkList(): MarkList {
  let marks = new Int32Array(LENGTH_AT_FIRST)
  let length = 0
  return {
    add(mark) {
      if (length === marks.length) {
        const more = new Int32Array(length * 2)
        more.set(marks)
        marks = more
      }
      marks[length++] = mark
    },
    take() {
      marks.subarray(0, length).sort()
      let end = 0
      for (let at = 0; at < length; at++) {
        const mark = marks[at] ?? 0
        if (end === 0 || mark !== marks[end - 1]) marks[end++] = mark
      }
      length = 0
      return marks.slice(0, end)
    },
  }
}
