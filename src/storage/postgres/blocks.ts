import { BLOCK_LENGTH } from '../sql/blocks.ts'
import { raw } from '../sql/fragment.ts'
import type { Reading } from './reader.ts'

/** The block in which the live user stands who has so many before it: its first number, and how many are before that. */
export async function blockAfter(
  { reader, asking, heading }: Reading,
  users: number,
): Promise<{ readonly first: number; readonly before: number }> {
  if (reader.blocks?.revision !== heading.revision) {
    const rows = await asking.rows(raw('SELECT block, live FROM blocks WHERE live > 0 ORDER BY block'))
    let sum = 0
    const before = rows.map(([block, live]) => [Number(block), (sum += Number(live)) - Number(live)] as const)
    reader.blocks = { revision: heading.revision, before }
  }
  const { before } = reader.blocks
  let [low, high] = [0, before.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((before[middle]?.[1] ?? 0) <= users) low = middle + 1
    else high = middle
  }
  const [block, skipped] = before[low - 1] ?? [0, 0]
  return { first: block * BLOCK_LENGTH, before: skipped }
}
