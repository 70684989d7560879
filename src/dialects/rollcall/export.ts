import type { View } from '../../core/directory.ts'
import type { QueryPair, Route } from '../dialect.ts'
import { readParameters, type ParameterValues } from '../parameter.ts'
import { EXPORT_PARAMETERS, EXPORT_TYPES, EXPORT_USERS, type FORM_PARAMETERS } from './export-operation.ts'
import { exportText, type ExportPlan } from './export-text.ts'
import { readListQuery } from './list-input.ts'
import { planOf } from './list-request.ts'
import { route } from './route.ts'

/** An export is one request however large it is. */
const AT_ONCE_MAX = 2

type Values = Readonly<Record<string, unknown>>

/** `GET /v1/users/export`: all users of a list as a file. */
export const exportRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/users/export',
    access: 'users:read',
    atOnceMax: AT_ONCE_MAX,
    parameters: EXPORT_PARAMETERS,
    mediaType: (values) => EXPORT_TYPES[formOf(values).format],
    operation: EXPORT_USERS,
    answer: async (call, values) => {
      const plan = await exportPlan(values, call.view)
      const day = new Date(call.nowMs).toISOString().slice(0, 10)
      return {
        status: 200,
        headers: {
          'content-type': `${EXPORT_TYPES[plan.format]}; charset=utf-8`,
          'content-disposition': `attachment; filename="users-${day}.${plan.format}"`,
        },
        body: exportText(call.view, plan),
      }
    },
  }),
]

/** The users of a view as the query of `GET /v1/users/export` asks for them. Throws like the request. */
export async function exportOf(view: View, query: readonly QueryPair[]): Promise<AsyncIterable<string>> {
  return exportText(view, await exportPlan(readParameters(EXPORT_PARAMETERS, query), view))
}

async function exportPlan(values: Values, view: View): Promise<ExportPlan> {
  const { request, fields } = await planOf(readListQuery({ ...values, limit: 1, count: 'none' }), view)
  return { request, fields, ...formOf(values) }
}

function formOf(values: Values): ParameterValues<typeof FORM_PARAMETERS> {
  const { format, formulas } = values as ParameterValues<typeof FORM_PARAMETERS>
  return { format, formulas }
}
