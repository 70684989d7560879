import { Plus, X } from 'lucide-react'
import { Button, IconButton } from '../../widgets/button.tsx'
import type { Pair } from '../request/form.ts'
import css from './docs.module.css'

interface OtherPairsProps {
  readonly title: string
  readonly addLabel: string
  readonly pairs: readonly Pair[]
  /** Which of them stand here. */
  readonly isOther: (pair: Pair) => boolean
  readonly onChange: (pairs: readonly Pair[]) => void
}

/** Names and values of one's own. */
export function OtherPairs({ title, addLabel, pairs, isOther, onChange }: OtherPairsProps) {
  const change = (at: number, next: Partial<Pair>) =>
    onChange(pairs.map((pair, index) => (index === at ? { ...pair, ...next } : pair)))
  return (
    <div role="group" aria-label={title} className={css.others}>
      {pairs.map(
        (pair, index) =>
          isOther(pair) && (
            <div key={index} className={css.pair}>
              <input
                aria-label={`Name of ${pair.name || 'the new one'}`}
                className={css.control}
                placeholder="name"
                spellCheck={false}
                autoCapitalize="none"
                value={pair.name}
                onChange={({ target }) => change(index, { name: target.value })}
              />
              <input
                aria-label={`Value of ${pair.name || 'the new one'}`}
                className={css.control}
                placeholder="value"
                spellCheck={false}
                autoCapitalize="none"
                value={pair.value}
                onChange={({ target }) => change(index, { value: target.value })}
              />
              <IconButton
                label={`Remove ${pair.name || 'the new one'}`}
                onClick={() => onChange(pairs.filter((_, at) => at !== index))}
              >
                <X aria-hidden />
              </IconButton>
            </div>
          ),
      )}
      <Button look="quiet" icon={<Plus aria-hidden />} onClick={() => onChange([...pairs, { name: '', value: '' }])}>
        {addLabel}
      </Button>
    </div>
  )
}
