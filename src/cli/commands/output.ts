/** Writes what a command is asked for to standard output: as lines, or as JSON for `--json`. */
export function writeResult(json: boolean, value: unknown, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : lines.map((line) => `${line}\n`).join(''))
}

/** Writes a remark to standard error, where it is in nobody's way. */
export function writeRemark(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Columns of text, as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}
