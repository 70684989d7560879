import { useQuery } from '@tanstack/react-query'
import type { Setting } from '@rollcall/sdk'
import { directory } from '../../directory/client.ts'
import { useSearchPart } from '../../shell/search-part.ts'
import { finderOf } from '../../text/folded-text.ts'
import { Badge } from '../../widgets/badge.tsx'
import { TextField } from '../../widgets/field.tsx'
import { Page } from '../../widgets/page.tsx'
import { Empty, Fault, Skeleton } from '../../widgets/states.tsx'
import { Table } from '../../widgets/table.tsx'
import css from './settings.module.css'

const ORIGINS = {
  flag: { title: 'flag', tone: 'accent' },
  environment: { title: 'environment', tone: 'accent' },
  file: { title: 'file', tone: 'accent' },
  default: { title: 'default', tone: 'quiet' },
} as const satisfies Record<Setting['origin'], unknown>
const ENGINES = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const
const HEAD = [{ title: 'Setting' }, { title: 'Value' }, { title: 'From' }, { title: 'Meaning' }]

/** What the server was started with, and where each setting comes from. */
export function SettingsPage() {
  const [{ q = '' }, change] = useSearchPart<'q'>()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => directory.settings({ signal }),
  })
  const isFound = finderOf(q)
  const shown = (data?.settings ?? []).filter(({ name, description }) => isFound(`${name} ${description}`))
  return (
    <Page
      title="Settings"
      lead="As the server was started; a flag goes before the environment, and that before the file. To change one, start the server anew."
    >
      {isPending && <Skeleton lines={8} label="Loading the settings" />}
      {error && !data && <Fault error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <dl className={css.facts}>
            <div>
              <dt>Version</dt>
              <dd>{data.version}</dd>
            </div>
            <div>
              <dt>Engine</dt>
              <dd>{ENGINES[data.engine]}</dd>
            </div>
          </dl>
          <div className={css.search}>
            <TextField
              label="Search settings"
              type="search"
              value={q}
              onChange={(event) => change({ q: event.target.value }, { replace: true })}
            />
          </div>
          {shown.length === 0 ? <Empty title="No setting is called that" /> : <SettingTable settings={shown} />}
        </>
      )}
    </Page>
  )
}

function SettingTable({ settings }: { readonly settings: readonly Setting[] }) {
  return (
    <Table label="Settings" head={HEAD}>
      {settings.map(({ name, value, origin, description }) => (
        <tr key={name}>
          <th scope="row">
            <code>{name}</code>
          </th>
          <td className={css.value}>
            {value === null || value === '' ? (
              '–'
            ) : (
              <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
            )}
          </td>
          <td>
            <Badge tone={ORIGINS[origin].tone}>{ORIGINS[origin].title}</Badge>
          </td>
          <td className={css.meaning}>{description}</td>
        </tr>
      ))}
    </Table>
  )
}
