import { useQuery } from '@tanstack/react-query'
import type { ImportResult } from '@rollcall/sdk'
import { directory } from '../../directory/client.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Fault } from '../../widgets/states.tsx'
import { Table } from '../../widgets/table.tsx'
import { countText } from '../../text/count.ts'
import css from './import.module.css'
import { cellText, type Mapping, type Rules } from './rules.ts'
import type { OpenedFile } from './use-opened-file.ts'

interface FirstRowsProps {
  readonly opened: OpenedFile
  readonly rules: Rules
  readonly mapping: Mapping
}

const CELLS = 4

/** What would become of the first rows: a trial that writes nothing. */
export function FirstRows({ opened, rules, mapping }: FirstRowsProps) {
  const { first, source } = opened
  const rows = first.filter(({ fault }) => fault === undefined).map(({ line, values }) => ({ line, values }))
  const { columns: _, ...withoutColumns } = rules
  const asked = { ...(rules.format === 'csv' ? rules : withoutColumns), dryRun: true, rows }
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['import', 'first', asked],
    queryFn: ({ signal }) => directory.imports.write(asked, { signal }),
    enabled: rows.length > 0,
    placeholderData: (before) => before,
  })
  const results = new Map(data?.results.map((result) => [result.line, result]))
  const shown = source.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => mapping[column] != null)
  const cells = shown.slice(0, CELLS)
  const refused = first.filter(
    ({ line, fault }) => fault !== undefined || results.get(line)?.outcome === 'refused',
  ).length
  if (error !== null) return <Fault error={error} onRetry={() => void refetch()} />
  return (
    <div className={css.stack} aria-busy={isFetching}>
      <p aria-live="polite">
        {data === undefined && rows.length > 0
          ? 'Checking…'
          : refused === 0
            ? `The first ${countText(first.length, 'row')} can be imported.`
            : `${refused} of the first ${countText(first.length, 'row')} would be refused.`}
      </p>
      <Table
        label="The first rows"
        head={[
          { title: 'Line', isNumber: true },
          { title: 'Outcome' },
          ...cells.map(({ column }) => ({ title: column })),
        ]}
      >
        {first.map(({ line, values, fault }) => (
          <tr key={line}>
            <th scope="row" className={css.line}>
              {line}
            </th>
            <td>
              <Outcome result={results.get(line)} fault={fault} />
            </td>
            {cells.map(({ column, index }) => (
              <td key={column} dir="auto" className={css.cell}>
                {cellText(values, column, index)}
              </td>
            ))}
          </tr>
        ))}
      </Table>
    </div>
  )
}

const TONES = { created: 'good', updated: 'accent', unchanged: 'quiet', refused: 'danger' } as const

function Outcome({ result, fault }: { readonly result: ImportResult | undefined; readonly fault: string | undefined }) {
  const outcome = fault === undefined ? result?.outcome : 'refused'
  const reason = fault ?? result?.reason
  if (outcome === undefined) return '…'
  return (
    <>
      <Badge tone={TONES[outcome]}>{outcome}</Badge>
      {reason !== undefined && <p className={css.fault}>{reason}</p>}
    </>
  )
}
