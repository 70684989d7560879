import { useId, type ReactNode } from 'react'
import { countText } from '../../text/count.ts'
import { Checkbox } from '../../widgets/field.tsx'
import type { ExportChoice } from './export-query.ts'
import css from './export.module.css'

interface ExportChoicesProps {
  readonly choice: ExportChoice
  /** How many users the list has, and the directory; null while they are counted. */
  readonly inList: number | null
  readonly inAll: number | null
  /** How many columns are shown. */
  readonly columns: number
  readonly onChange: (choice: ExportChoice) => void
}

/** What is taken away, and as what. */
export function ExportChoices({ choice, inList, inAll, columns, onChange }: ExportChoicesProps) {
  const set = (change: Partial<ExportChoice>) => onChange({ ...choice, ...change })
  return (
    <>
      <Group legend="Users">
        <Choice
          name="extent"
          isChosen={choice.extent === 'shown'}
          onChoose={() => set({ extent: 'shown' })}
          title={`What is shown: ${sizeText(inList)}, ${countText(columns, 'column')}`}
          hint="Filtered, searched and sorted as on the page, with its columns."
        />
        <Choice
          name="extent"
          isChosen={choice.extent === 'list'}
          onChoose={() => set({ extent: 'list' })}
          title="The same users with every field"
          hint="What an import elsewhere needs."
        />
        <Choice
          name="extent"
          isChosen={choice.extent === 'all'}
          onChoose={() => set({ extent: 'all' })}
          title={`Everything: ${sizeText(inAll)}, every field`}
          hint="All that you may see, in the order of creation."
        />
        {choice.extent === 'all' && (
          <Checkbox
            label="Deleted users too"
            className={css.inner ?? ''}
            checked={choice.withDeleted}
            onChange={(event) => set({ withDeleted: event.target.checked })}
          />
        )}
      </Group>
      <Group legend="File">
        <Choice
          name="format"
          isChosen={choice.format === 'csv'}
          onChoose={() => set({ format: 'csv' })}
          title="CSV"
          hint="For spreadsheets, and to be imported again."
        />
        {choice.format === 'csv' && (
          <Checkbox
            className={css.inner ?? ''}
            label="Keep cells that look like formulas as they are"
            checked={choice.keepsFormulas}
            onChange={(event) => set({ keepsFormulas: event.target.checked })}
          />
        )}
        {choice.format === 'csv' && (
          <p className={`${css.inner} ${css.hint}`}>
            {choice.keepsFormulas
              ? 'Do not open such a file in a spreadsheet: a cell that begins with =, +, - or @ would be worked out there.'
              : 'Cells that begin with =, +, - or @ get an apostrophe in front, so that a spreadsheet works nothing out.'}
          </p>
        )}
        <Choice
          name="format"
          isChosen={choice.format === 'jsonl'}
          onChoose={() => set({ format: 'jsonl' })}
          title="JSON Lines"
          hint="For programs: one user as JSON on each line."
        />
      </Group>
    </>
  )
}

function sizeText(count: number | null): string {
  return count === null ? 'counting users' : countText(count)
}

function Group({ legend, children }: { readonly legend: string; readonly children: ReactNode }) {
  return (
    <fieldset className={css.choices}>
      <legend>{legend}</legend>
      {children}
    </fieldset>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly title: string
  readonly hint: string
}

function Choice({ name, isChosen, onChoose, title, hint }: ChoiceProps) {
  const id = useId()
  return (
    <div className={css.choice}>
      <input type="radio" id={id} name={name} checked={isChosen} onChange={onChoose} aria-describedby={`${id}-hint`} />
      <div>
        <label htmlFor={id}>{title}</label>
        <p id={`${id}-hint`} className={css.hint}>
          {hint}
        </p>
      </div>
    </div>
  )
}
