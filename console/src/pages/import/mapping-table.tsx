import type { ImportDetection } from '@rollcall/sdk'
import { Table } from '../../widgets/table.tsx'
import { FIELDS } from '../../directory/user-fields.ts'
import field from '../../widgets/field.module.css'
import css from './import.module.css'
import { samplesOf, type Mapping } from './rules.ts'
import type { OpenedFile } from './use-opened-file.ts'

interface MappingTableProps {
  readonly opened: OpenedFile
  readonly detection: ImportDetection
  readonly mapping: Mapping
  readonly onChoose: (column: string, field: string | null) => void
}

/** What each column means, to be changed. */
export function MappingTable({ opened, detection, mapping, onChoose }: MappingTableProps) {
  const { columns } = opened.source
  return (
    <div className={css.mapping}>
      <Table label="Columns" head={[{ title: 'Column' }, { title: 'First values' }, { title: 'Is' }]}>
        {detection.columns.map(({ column }) => (
          <tr key={column}>
            <th scope="row" dir="auto">
              {column}
            </th>
            <td className={css.samples} dir="auto">
              {samplesOf(column, columns.indexOf(column), opened.first).join(' · ')}
            </td>
            <td>
              <select
                aria-label={`What ${column} is`}
                className={field.control}
                value={mapping[column] ?? ''}
                onChange={(event) => onChoose(column, event.target.value === '' ? null : event.target.value)}
              >
                <option value="">Left out</option>
                <optgroup label="Fields">
                  {detection.fields.map((name) => (
                    <option key={name} value={name}>
                      {titleOf(name)}
                    </option>
                  ))}
                </optgroup>
                <optgroup label="Of your own">
                  {entriesFor(column, mapping[column] ?? null).map((name) => (
                    <option key={name} value={name}>
                      {titleOf(name)}
                    </option>
                  ))}
                </optgroup>
              </select>
            </td>
          </tr>
        ))}
      </Table>
    </div>
  )
}

function entriesFor(column: string, chosen: string | null): readonly string[] {
  const bare = column.replace(/^(tags|attributes)\./, '')
  const entries = [`tags.${bare}`, `attributes.${bare}`]
  const isOther = chosen !== null && /^(tags|attributes)\./.test(chosen) && !entries.includes(chosen)
  return isOther ? [chosen, ...entries] : entries
}

const TITLES: Readonly<Record<string, string>> = {
  customer: 'Customer (code or id)',
  idOrExternalId: 'Id or external id',
}

/** What people call a field of an import. */
function titleOf(name: string): string {
  const entry = /^(tags|attributes)\.(.*)$/s.exec(name)
  if (entry !== null) return `${entry[1] === 'tags' ? 'Tag' : 'Attribute'} “${entry[2] ?? ''}”`
  return TITLES[name] ?? FIELDS.get(name)?.label ?? name
}
