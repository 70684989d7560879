import type { BatchOperation, BatchOutcome } from '../../core/directory.ts'
import { DirectoryError, type Where } from '../../core/error.ts'
import type { Answer, Call, Route } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import { statusOf } from '../status.ts'
import { BATCH, BATCH_USERS, readOperation } from './batch-operation.ts'
import { problemOf, relocated } from './problem.ts'
import { json, route } from './route.ts'
import { renderUser } from './user.ts'

const BODY_BYTES_MAX = 16 * 1024 * 1024

/** `POST /v1/users/batch`: many writes at once, all or nothing or each on its own. */
export const batchRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/users/batch',
    access: 'users:write',
    idempotent: true,
    bodyBytesMax: BODY_BYTES_MAX,
    parameters: {},
    operation: BATCH_USERS,
    answer: answerBatch,
  }),
]

async function answerBatch(call: Call): Promise<Answer> {
  const { atomic, dryRun, operations } = readJson(call.body, BATCH)
  const read = operations.map((operation, index) => readEach(operation, index, atomic))
  const understood = read.flatMap((one) => (one instanceof DirectoryError ? [] : [one]))
  const outcomes = await written(call, understood, atomic, dryRun)
  let next = 0
  const results = read.map((one, index) =>
    one instanceof DirectoryError ? refused(call, one) : rendered(call, outcomes[next++], index),
  )
  const revision = dryRun ? await call.view.revision() : await revisionAfter(call, outcomes)
  return json(200, { atomic, dryRun, results, revision })
}

/** The revision that a batch wrote, so that a repeated one gets the same answer; the newest, where it wrote nothing. */
export async function revisionAfter(call: Call, outcomes: readonly BatchOutcome[]): Promise<number> {
  const written = outcomes.flatMap((one) => (WRITING.includes(one.outcome) && 'user' in one ? [one.user.revision] : []))
  return written.length === 0 ? call.view.revision() : Math.max(...written)
}

const WRITING: readonly BatchOutcome['outcome'][] = ['created', 'updated', 'deleted', 'restored']

// In an atomic batch the first fault refuses all of it; otherwise each fault is its operation's result.
function readEach(operation: unknown, index: number, atomic: boolean): BatchOperation | DirectoryError {
  try {
    return readOperation(operation, `operations.${index}`)
  } catch (error) {
    if (atomic || !(error instanceof DirectoryError)) throw error
    return error
  }
}

async function written(call: Call, operations: readonly BatchOperation[], atomic: boolean, dryRun: boolean) {
  try {
    return await call.view.batch(operations, atomic, dryRun)
  } catch (error) {
    const at = error instanceof DirectoryError ? error.where.position : undefined
    throw error instanceof DirectoryError && at !== undefined ? atOperation(error, at) : error
  }
}

function rendered(call: Call, outcome: BatchOutcome | undefined, index: number): object {
  if (!outcome) throw new DirectoryError('internal', 'An operation of the batch has no outcome.')
  if (outcome.outcome !== 'refused') {
    const user = renderUser(outcome.user, call.principal)
    return { status: outcome.outcome === 'created' ? 201 : 200, outcome: outcome.outcome, user }
  }
  if (!(outcome.error instanceof DirectoryError)) throw outcome.error
  return refused(call, atOperation(outcome.error, index))
}

function refused(call: Call, error: DirectoryError): object {
  return { status: statusOf(error), outcome: 'refused', problem: problemOf(error, call) }
}

// The core knows a field of the draft; the caller, a member of the body.
function atOperation(error: DirectoryError, index: number): DirectoryError {
  const { position: _, name, in: place, ...rest } = error.where
  const operation = `operations.${index}`
  const member = name === undefined ? operation : `${operation}.${place === 'header' ? 'ifRevision' : `user.${name}`}`
  const where: Where = { ...rest, in: 'body', name: member }
  return relocated(error, where)
}
