import { Split, X } from 'lucide-react'
import { IconButton } from '../../../widgets/button.tsx'
import css from './filter-bar.module.css'
import type { Path } from './filter-path.ts'
import { filterText, isGroup, type Condition, type Filter, type Group } from './filter.ts'

/** What a dialog is open for: a new filter, one to be changed, or an alternative to one. */
export interface Editing {
  readonly path: Path
  readonly kind: 'add' | 'edit' | 'split'
  readonly filter: Filter | undefined
}

interface FilterChipsProps {
  readonly group: Group
  readonly path: Path
  readonly words: (filter: Filter) => string
  readonly onPut: (path: Path, next: Filter | undefined) => void
  readonly onEdit: (editing: Editing) => void
}

/** The filters of a group as chips, with what joins them between. */
export function FilterChips({ group, path, words, onPut, onEdit }: FilterChipsProps) {
  return group.of.map((one, at) => {
    const here = [...path, at]
    return (
      <span key={`${at} ${filterText(one)}`} className={css.joined}>
        {at > 0 && (
          <JointButton
            group={group}
            onTurn={() => onPut(path, { kind: group.kind === 'and' ? 'or' : 'and', of: group.of })}
          />
        )}
        {isGroup(one) ? (
          <span role="group" aria-label={words(one)} className={css.group}>
            <FilterChips group={one} path={here} words={words} onPut={onPut} onEdit={onEdit} />
          </span>
        ) : (
          <Chip filter={one} path={here} words={words} onPut={onPut} onEdit={onEdit} />
        )}
      </span>
    )
  })
}

function JointButton({ group: { kind }, onTurn }: { readonly group: Group; readonly onTurn: () => void }) {
  const other = kind === 'and' ? 'or' : 'and'
  return (
    <button
      type="button"
      className={css.joint}
      title={`Use ${other} instead`}
      aria-label={`${kind}; use ${other} instead`}
      onClick={onTurn}
    >
      {kind}
    </button>
  )
}

type ChipProps = Omit<FilterChipsProps, 'group'> & { readonly filter: Filter }

/** A chip can be changed where it is one condition, turned around or not; what is more is taken out as a whole. */
function Chip({ filter, path, words, onPut, onEdit }: ChipProps) {
  const said = words(filter)
  return (
    <span className={css.chip}>
      {isSimple(filter) ? (
        <button
          type="button"
          className={css.words}
          aria-label={`Change the filter ${said}`}
          dir="auto"
          onClick={() => onEdit({ path, kind: 'edit', filter })}
        >
          {said}
        </button>
      ) : (
        <span dir="auto" className={css.words}>
          {said}
        </span>
      )}
      <IconButton
        label={`Add an alternative to ${said}`}
        className={css.small ?? ''}
        onClick={() => onEdit({ path, kind: 'split', filter })}
      >
        <Split aria-hidden />
      </IconButton>
      <RemoveButton what={said} onRemove={() => onPut(path, undefined)} />
    </span>
  )
}

function isSimple(filter: Filter): filter is Condition | { readonly kind: 'not'; readonly of: Condition } {
  if (filter.kind === 'not') return !isGroup(filter.of) && filter.of.kind !== 'not'
  return !isGroup(filter)
}

/** Takes a chip out; `what` is what it says. */
export function RemoveButton({ what, onRemove }: { readonly what: string; readonly onRemove: () => void }) {
  return (
    <IconButton label={`Remove ${what}`} className={css.small ?? ''} onClick={onRemove}>
      <X aria-hidden />
    </IconButton>
  )
}
