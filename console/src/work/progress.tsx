import { useEffect, useState } from 'react'
import { announce } from '../widgets/announcer.tsx'
import { countText } from '../text/count.ts'
import type { Standing } from './course.ts'
import { lengthText, type Pace } from './pace.ts'
import css from './progress.module.css'

interface ProgressProps {
  readonly label: string
  /** From 0 to 1; null where nobody knows how much there is to do. */
  readonly share: number | null
  /** What is done: `1,200 of 5,000 users`. */
  readonly done: string
  readonly pace: Pace
  /** What the pace counts. */
  readonly unit: string
  readonly standing: Standing
  readonly isEnding: boolean
  /** What becomes of a request whose answer was lost, when one goes on. */
  readonly afterLoss?: string
}

const NOT_TWICE = 'what was done is not done twice.'

/** How far work is that takes long, how fast it goes, and why it stands still. */
export function Progress({ label, share, done, pace, unit, standing, isEnding, afterLoss = NOT_TWICE }: ProgressProps) {
  const runs = standing.kind === 'running' && !isEnding
  const quarter = share === null ? 0 : Math.floor(share * 4)
  useEffect(() => {
    if (quarter > 0 && quarter < 4) announce(`${quarter * 25} percent`)
  }, [quarter])
  return (
    <div className={css.progress}>
      <progress aria-label={label} className={css.bar} {...(share === null ? {} : { value: share, max: 1 })} />
      <p className={css.line}>
        <strong>{done}</strong>
        {runs && pace.perSecond !== null && <span>{countText(Math.round(pace.perSecond), unit)} per second</span>}
        {runs && pace.secondsLeft !== null && <span>about {lengthText(pace.secondsLeft)} left</span>}
        {isEnding && <span>Stopping after what is under way…</span>}
      </p>
      <StandingBox standing={standing} afterLoss={afterLoss} />
    </div>
  )
}

function StandingBox({ standing, afterLoss }: { readonly standing: Standing; readonly afterLoss: string }) {
  if (standing.kind === 'running') return null
  if (standing.kind === 'waiting') return <Waiting untilMs={standing.untilMs} />
  if (standing.kind === 'paused') {
    return <p className={css.standing}>Paused. What was done stays; nothing more happens until you go on.</p>
  }
  const { status, message, requestId } = standing.fault
  return (
    <div role="alert" className={`${css.standing} ${css.lost ?? ''}`}>
      <p>
        <strong>{LOST[status] ?? message}</strong>
        {status === 401
          ? 'Sign in again, here or in another tab, and go on: nothing is lost.'
          : `It halts here. Go on when the server can be reached again: ${afterLoss}`}
      </p>
      {requestId !== null && (
        <p>
          Request <code>{requestId}</code>
        </p>
      )}
    </div>
  )
}

const LOST: Readonly<Record<number, string>> = {
  0: 'The server cannot be reached.',
  401: 'You have been signed out.',
}

function Waiting({ untilMs }: { readonly untilMs: number }) {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.ceil((untilMs - nowMs) / 1000))
  return <p className={css.standing}>The server asks for a pause. It goes on by itself in {lengthText(seconds)}.</p>
}
