import { sql } from '../sql/fragment.ts'
import type { Database } from './database.ts'
import type { GroupRun, ReadRun, Run } from './run.ts'
import { limit } from './limit.ts'

/** A user and the stretch it was found in. */
export interface Found {
  readonly number: number
  readonly score: number | null
}

/** The users of stretches read one after another: at most so many, after skipping so many. */
export function readRuns(database: Database, runs: Iterable<Run>, most: number, offset: number): Found[] {
  const reading: Reading = { database, most, skip: offset, found: [] }
  read(reading, runs)
  return reading.found
}

interface Reading {
  readonly database: Database
  readonly most: number
  /** How many are still to be skipped. */
  skip: number
  readonly found: Found[]
}

function read(reading: Reading, runs: Iterable<Run>): void {
  for (const run of runs) {
    if (run.kind === 'list') readList(reading, run.numbers, run.score)
    else if (run.kind === 'read') readStatement(reading, run)
    else if (!isSkipped(reading, run)) read(reading, run.runs())
    if (reading.found.length >= reading.most) return
  }
}

function readList(reading: Reading, numbers: readonly number[], score: number | null): void {
  const { skip, most, found } = reading
  for (const number of numbers.slice(skip, skip + most - found.length)) found.push({ number, score })
  reading.skip = Math.max(0, skip - numbers.length)
}

function readStatement(reading: Reading, run: ReadRun): void {
  if (reading.skip > 0 && run.sorts && isSkipped(reading, run)) return
  const { skip, run: rest } = reading.skip > 0 && run.leap ? run.leap(reading.skip) : { skip: reading.skip, run }
  const { database, most, found } = reading
  const { source, where, orderBy, number, score } = rest
  const rows = database.rows(sql`SELECT ${number} FROM ${source} WHERE ${where} ORDER BY ${orderBy}
    ${limit(most - found.length, skip)}`)
  for (const [number] of rows) found.push({ number: Number(number), score })
  if (rows.length > 0 || reading.skip === 0) reading.skip = 0
  else isSkipped(reading, run)
}

// Skips a whole stretch when all of it is to be skipped, by counting it.
function isSkipped(reading: Reading, { source, where }: ReadRun | GroupRun): boolean {
  const { database, skip } = reading
  if (skip === 0) return false
  const row = database.first(sql`SELECT count(*) FROM (SELECT 1 FROM ${source} WHERE ${where} ${limit(skip + 1)})`)
  const count = Number(row?.[0])
  if (count > skip) return false
  reading.skip -= count
  return true
}
