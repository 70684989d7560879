import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { directory } from '../../directory/client.ts'
import { Button } from '../../widgets/button.tsx'
import { Section } from '../../widgets/page.tsx'
import { Fault, Skeleton } from '../../widgets/states.tsx'
import { countText, numberText } from '../../text/count.ts'
import { sizeText } from '../../text/size-text.ts'
import type { Encoding } from './reading/file-text.ts'
import { FirstRows } from './first-rows.tsx'
import css from './import.module.css'
import { ImportOptions, type Options } from './import-options.tsx'
import { MappingTable } from './mapping-table.tsx'
import { mappingOf, obstacleIn, rulesOf, type Mapping, type Rules } from './rules.ts'
import type { OpenedFile } from './use-opened-file.ts'

interface ImportPlanProps {
  readonly opened: OpenedFile
  readonly encoding: Encoding | undefined
  readonly onEncoding: (encoding: Encoding | undefined) => void
  readonly onStart: (rules: Rules, isRehearsal: boolean) => void
}

/** What a file is, what its columns mean, and what would become of its first rows; all of it can be changed. */
export function ImportPlan({ opened, encoding, onEncoding, onStart }: ImportPlanProps) {
  const { file, source } = opened
  const { format, columns } = source
  const [options, setOptions] = useState<Omit<Options, 'encoding'>>({
    source: undefined,
    match: 'identifier',
    customerId: null,
  })
  const [chosen, setChosen] = useState<Mapping>({})
  const asked = { format, columns, ...(options.source === undefined ? {} : { source: options.source }) }
  const detection = useQuery({
    queryKey: ['import', 'detection', asked],
    queryFn: ({ signal }) => directory.imports.detect(asked, { signal }),
    placeholderData: (before) => before,
    staleTime: 'static',
  })
  const change = ({ encoding: nextEncoding, ...rest }: Partial<Options>) => {
    if (nextEncoding !== undefined) onEncoding(nextEncoding)
    // Another kind of file means other things by its columns.
    if (rest.source !== undefined) setChosen({})
    setOptions({ ...options, ...rest })
  }
  if (detection.isError) return <Fault error={detection.error} onRetry={() => void detection.refetch()} />
  if (detection.data === undefined) return <Skeleton lines={6} label="Finding out what the columns mean" />

  const mapping = mappingOf(detection.data, chosen)
  const rules = rulesOf(source, detection.data, mapping, options)
  const known = Object.values(mapping).filter((field) => field !== null).length
  const obstacle = obstacleIn(mapping, options.match)
  return (
    <div className={css.stack}>
      <Section
        title={file.name}
        lead={`${sizeText(file.size)} of ${format === 'csv' ? `CSV, cells apart by ${DELIMITERS[source.delimiter] ?? source.delimiter}` : 'JSON'}. ${detection.data.title}: ${known} of ${countText(detection.data.columns.length, 'column')} known.`}
      >
        <ImportOptions
          options={{ ...options, encoding }}
          encoding={source.encoding}
          detection={detection.data}
          onChange={change}
        />
      </Section>
      <Section title="What the columns mean" lead="Found by their names; change what is wrong.">
        <MappingTable
          opened={opened}
          detection={detection.data}
          mapping={mapping}
          onChoose={(column, field) => setChosen({ ...chosen, [column]: field })}
        />
      </Section>
      <Section
        title="What would become of the first rows"
        lead={`A trial of the first ${numberText(opened.first.length)} that writes nothing.`}
      >
        {obstacle === null ? (
          <FirstRows opened={opened} rules={rules} mapping={mapping} />
        ) : (
          <p role="alert" className={css.fault}>
            {obstacle}
          </p>
        )}
      </Section>
      <div className={css.start}>
        <Button onClick={() => onStart(rules, true)} disabled={obstacle !== null}>
          Check all rows
        </Button>
        <Button look="main" onClick={() => onStart(rules, false)} disabled={obstacle !== null}>
          Import
        </Button>
      </div>
    </div>
  )
}

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
}
