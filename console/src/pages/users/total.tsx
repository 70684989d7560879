import { useEffect } from 'react'
import { countText } from '../../text/count.ts'
import { announce } from '../../widgets/announcer.tsx'
import type { ListState } from './use-list-state.ts'
import css from './users-page.module.css'

/** What is typed on quickly is not read out number by number. */
const PAUSE_MS = 700

/** How many users the list has, and whether that is exact. */
export function Total({ count, isExact, atLeast, isBehind }: ListState) {
  const sentence = sentenceOf(count, isExact, atLeast)
  useEffect(() => {
    if (sentence === '' || isBehind) return undefined
    const timer = setTimeout(() => announce(sentence), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [sentence, isBehind])
  const title = isExact ? 'Counted exactly' : 'Counted before the last change'
  return (
    <p className={css.total} title={count === null ? undefined : title} data-exact={isExact}>
      {sentence === '' ? 'Counting…' : sentence}
    </p>
  )
}

function sentenceOf(count: number | null, isExact: boolean, atLeast: number | null): string {
  if (count === null) return atLeast === null ? '' : `More than ${countText(atLeast)}`
  return isExact ? countText(count) : `About ${countText(count)}`
}
