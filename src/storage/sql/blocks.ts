/** How many numbers share a count of live users. */
export const BLOCK_LENGTH = 4096

/** The block a number is in. */
export function blockOf(number: number): number {
  return Math.floor(number / BLOCK_LENGTH)
}
