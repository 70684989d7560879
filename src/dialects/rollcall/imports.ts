import { may } from '../../core/principal.ts'
import type { BatchOperation, MatchField } from '../../core/directory.ts'
import { DirectoryError, invalid } from '../../core/error.ts'
import type { UserDraft } from '../../core/user.ts'
import type { Answer, Call, Route } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import { revisionAfter } from './batch.ts'
import { customerIdOf, customerIds } from './import/customer-ids.ts'
import { bestSource, mappingFor, TARGETS } from './import/detection.ts'
import { openForesight } from './import/foresight.ts'
import { rowOutcome, type RowOutcome } from './import/outcome.ts'
import type { Cells } from './import/row.ts'
import { SOURCES } from './import/sources/index.ts'
import { core } from './import/sources/core.ts'
import { originsOf, rowDraft, type DraftRules, type RowDraft } from './import/user-draft.ts'
import { DETECT_IMPORT, IMPORT_USERS, NO_KEY } from './import-operation.ts'
import { chosenColumns, DETECTION, IMPORT, rowsOf, sourceNamed } from './import-shape.ts'
import { json, route } from './route.ts'

const BODY_BYTES_MAX = 16 * 1024 * 1024
const ROWS_A_TURN = 100

/** Files of users, whose rows the client sends: what their columns mean, and rows written. */
export const importRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/imports/detection',
    access: 'users:write',
    reads: true,
    parameters: {},
    operation: DETECT_IMPORT,
    answer: (call) => Promise.resolve(detect(call)),
  }),
  route({
    method: 'POST',
    path: '/v1/imports',
    access: 'users:write',
    bodyBytesMax: BODY_BYTES_MAX,
    parameters: {},
    operation: IMPORT_USERS,
    answer: importRows,
  }),
]

function detect(call: Call): Answer {
  const { format, columns, source: named } = readJson(call.body, DETECTION)
  const source = named === undefined ? (bestSource(columns) ?? core) : sourceNamed(named)
  const mapping = mappingFor(columns, source)
  const shown = format === 'csv' ? columns : mapping.leaves
  return json(200, {
    source: source.name,
    title: source.title,
    columns: shown.map((column) => ({ column, field: fieldOf(mapping.column(column)?.target) })),
    fields: TARGETS,
    sources: SOURCES.map(({ name, title }) => ({ name, title })),
  })
}

function fieldOf(target: string | undefined): string | null {
  return target === undefined || target === 'ignored' ? null : target
}

// Rows are written each on its own: there is no one commit that a key could stand for.
function assertNoKey({ header }: Call): void {
  if (header('idempotency-key') === undefined) return
  throw invalid('value', NO_KEY, { in: 'header', name: 'Idempotency-Key' })
}

async function importRows(call: Call): Promise<Answer> {
  assertNoKey(call)
  const body = readJson(call.body, IMPORT)
  const { match, dryRun } = body
  const source = sourceNamed(body.source)
  const rules: DraftRules = {
    kind: body.format === 'csv' ? 'csv' : 'json',
    mapping: mappingFor(body.columns ?? [], source, chosenColumns(body, source)),
    match,
    customer: await customersOf(call),
    otherwiseCustomerId: await knownCustomer(call, body.customerId),
  }
  const rows = rowsOf(body)
  const drafts = await draftsOf(rows, rules, call)
  const { outcomes, revision } = await written(call, drafts, match, dryRun)
  let next = 0
  const results = drafts.map((read, index) => {
    const outcome = 'draft' in read ? outcomes[next++] : ({ outcome: 'refused', ...read } as const)
    if (!outcome) throw new DirectoryError('internal', 'A row of the import has no outcome.')
    const column = (field: string) => columnOf(rows[index], rules, field)
    return { line: body.rows[index]?.line, ...resultOf(outcome, column) }
  })
  return json(200, { results, revision })
}

// Rows can be long: to read a thousand of them at once would keep everybody else waiting.
async function draftsOf(rows: readonly Cells[], rules: DraftRules, { turn }: Call): Promise<readonly RowDraft[]> {
  const drafts: RowDraft[] = []
  for (const cells of rows) {
    if (drafts.length > 0 && drafts.length % ROWS_A_TURN === 0) await turn()
    drafts.push(rowDraft(cells, rules))
  }
  return drafts
}

async function written(call: Call, drafts: readonly RowDraft[], match: MatchField | null, dryRun: boolean) {
  const users = drafts.flatMap((one) => ('draft' in one ? [one.draft] : []))
  const done =
    users.length === 0
      ? []
      : await call.view.batch(
          users.map((user) => operationOf(user, match)),
          false,
          dryRun,
        )
  const outcomes = done.map(rowOutcome)
  if (!dryRun) return { outcomes, revision: await revisionAfter(call, done) }
  const foresight = openForesight(match)
  return {
    outcomes: outcomes.map((outcome, index) => foresight(users[index] ?? {}, unborn(outcome))),
    revision: await call.view.revision(),
  }
}

function operationOf(user: UserDraft, match: MatchField | null): BatchOperation {
  return match === null ? { op: 'create', user } : { op: 'upsert', match, user }
}

// The id that a rehearsal gave will be nobody's.
function unborn(outcome: RowOutcome): RowOutcome {
  return outcome.outcome === 'created' ? { outcome: 'created' } : outcome
}

type Result = { readonly outcome: RowOutcome['outcome'] } & Partial<Record<'id' | 'reason' | 'column', string>>

function resultOf(
  result: RowOutcome & { readonly column?: string },
  columnOf: (field: string) => string | undefined,
): Result {
  if (result.outcome !== 'refused') return result
  const { outcome, reason, field, column = field === undefined ? undefined : columnOf(field) } = result
  return { outcome, reason, ...(column === undefined ? {} : { column }) }
}

// The core names a field of the draft; the caller has columns.
function columnOf(row: Cells | undefined, rules: DraftRules, field: string): string | undefined {
  if (row === undefined) return undefined
  const [root = ''] = field.split('.')
  const origins = originsOf(row, rules)
  // A user without an identifier is called by its e-mail.
  return origins.get(field) ?? origins.get(root) ?? (root === 'identifier' ? origins.get('email') : undefined)
}

async function customersOf({ view, principal }: Call): Promise<DraftRules['customer']> {
  return may(principal, 'customers:read') ? customerIds((await view.customers()).within()) : customerIdOf
}

async function knownCustomer({ view }: Call, id: number | undefined): Promise<number | undefined> {
  if (id === undefined || (await view.customers()).get(id)) return id
  throw invalid('value', `There is no customer ${id}.`, { in: 'body', name: 'customerId' })
}
