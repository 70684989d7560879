import { DirectoryError } from '../../core/error.ts'
import { raw, type Fragment } from '../sql/fragment.ts'
import { IN_TIME } from './functions.ts'
import { userCount, type Reader } from './reader.ts'

/**
 * Thrown where a reading would look at more users than the thread that answers requests may. Whoever catches it has it
 * read elsewhere.
 */
export const DEAR = new DirectoryError('unavailable', 'This takes too long to be read here.', { retryAfterS: 1 })

/** Throws DEAR where so many users would be looked at. All of a small directory are never too many. */
export function assertCheap(reader: Reader, looks: number): void {
  if (looks > reader.looksMax && isLarge(reader)) throw DEAR
}

/** Whether there are users enough for a question about them to be dear. */
export function isLarge(reader: Reader): boolean {
  return reader.looksMax !== Infinity && userCount(reader) > reader.looksMax
}

/**
 * What to ask of rows before anything else, so that a statement ends with an error when its time is over. The clock is
 * looked at for one number in many: `number` is SQL for the number of a row. Nothing where no time is set.
 */
export function inTime({ isTimed }: Pick<Reader, 'isTimed'>, number: string): readonly Fragment[] {
  return isTimed ? [raw(`((${number} & 255) <> 0 OR ${IN_TIME}())`)] : []
}
