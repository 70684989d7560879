import type { ReactNode } from 'react'
import type { Status } from '@rollcall/sdk'
import css from './badge.module.css'

type Tone = 'good' | 'warning' | 'danger' | 'quiet' | 'accent'

/** A word on a coloured ground. The colour only repeats what the word says. */
export function Badge({ tone = 'quiet', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={`${css.badge} ${css[tone] ?? ''}`}>{children}</span>
}

const TONES = {
  active: 'good',
  onboarding: 'accent',
  inactive: 'quiet',
  suspended: 'warning',
  risky: 'warning',
  locked: 'danger',
  deleted: 'danger',
} satisfies Record<Status, Tone>

/** A user's status: the word, with a colour that only repeats it. */
export function StatusBadge({ status }: { readonly status: Status }) {
  return <Badge tone={TONES[status]}>{status}</Badge>
}
