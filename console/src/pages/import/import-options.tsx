import type { ImportDetection } from '@rollcall/sdk'
import { CustomerPicker } from '../../widgets/customer-picker.tsx'
import { SelectField } from '../../widgets/field.tsx'
import type { Encoding, FoundEncoding } from './reading/file-text.ts'
import css from './import.module.css'
import type { Match } from './rules.ts'

/** What is chosen for a file beside the meaning of its columns. */
export interface Options {
  readonly encoding: Encoding | undefined
  readonly source: string | undefined
  readonly match: Match
  readonly customerId: number | null
}

interface ImportOptionsProps {
  readonly options: Options
  readonly encoding: FoundEncoding
  readonly detection: ImportDetection
  readonly onChange: (change: Partial<Options>) => void
}

const MATCHES = ['identifier', 'email', 'externalId'] as const

/** What kind of file it is, how its bytes are read, and by what users are matched. */
export function ImportOptions({ options, encoding, detection, onChange }: ImportOptionsProps) {
  return (
    <div className={css.options}>
      <SelectField
        label="Kind of file"
        hint={options.source === undefined ? 'Found by the names of its columns.' : 'Chosen by you.'}
        value={detection.source}
        onChange={(event) => onChange({ source: event.target.value })}
        options={detection.sources.map(({ name, title }) => ({ value: name, label: title }))}
      />
      <SelectField
        label="Encoding"
        hint={encodingHint(encoding, options.encoding)}
        value={encoding.encoding}
        onChange={(event) => onChange({ encoding: event.target.value as Encoding })}
        options={ENCODINGS}
      />
      <SelectField
        label="Who is there already is known by"
        hint={
          options.match === null
            ? 'Every row is a new user; one whose identifier or e-mail address is taken is refused.'
            : 'Such users are updated; all others are created.'
        }
        value={options.match ?? ''}
        onChange={(event) => onChange({ match: MATCHES.find((match) => match === event.target.value) ?? null })}
        options={[
          { value: 'identifier', label: 'Identifier' },
          { value: 'email', label: 'E-mail' },
          { value: 'externalId', label: 'External id' },
          { value: '', label: 'Nothing: create all' },
        ]}
      />
      <CustomerPicker
        label="Customer of rows that name none"
        none="Your own"
        value={options.customerId ?? 'none'}
        onChoose={(value) => onChange({ customerId: value === 'none' ? null : value })}
      />
    </div>
  )
}

const ENCODINGS: readonly { readonly value: Encoding; readonly label: string }[] = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'utf-16le', label: 'UTF-16, little-endian' },
  { value: 'utf-16be', label: 'UTF-16, big-endian' },
  { value: 'windows-1252', label: 'Windows-1252 (Western European)' },
]

function encodingHint({ by }: FoundEncoding, chosen: Encoding | undefined): string {
  if (chosen !== undefined) return 'Chosen by you.'
  if (by === 'mark') return 'Said by the file itself.'
  if (by === 'reading') return 'All of its beginning is UTF-8.'
  return 'A guess: the file is not UTF-8. Look at letters with accents below before you begin.'
}
