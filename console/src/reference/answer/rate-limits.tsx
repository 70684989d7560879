import { useEffect, useState } from 'react'
import type { Answer } from '../send/send.ts'
import { rateLimitsOf, retryAfterS } from '../send/rate-limit.ts'
import css from './answer.module.css'

/** What an answer says of rate limits: what is left of each, and when to come back. */
export function RateLimits({ answer }: { readonly answer: Answer }) {
  const header = (name: string) => answer.headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1] ?? null
  const limits = rateLimitsOf(header, answer.receivedMs)
  const waitS = retryAfterS(header('Retry-After'), answer.receivedMs)
  if (limits.length === 0 && waitS === null) return null
  return (
    <div className={css.limits}>
      {limits.map(({ name, limit, remaining, resetS }) => (
        <label key={name} className={css.limit}>
          <span>
            Rate limit “{name}”: {remaining} of {limit} left, whole again in {resetS} s
          </span>
          <meter min={0} max={limit} low={limit / 5} optimum={limit} value={remaining} />
        </label>
      ))}
      {waitS !== null && <Countdown key={answer.receivedMs} untilMs={answer.receivedMs + waitS * 1000} waitS={waitS} />}
    </div>
  )
}

function Countdown({ untilMs, waitS }: { readonly untilMs: number; readonly waitS: number }) {
  const [leftS, setLeftS] = useState(waitS)
  useEffect(() => {
    const timer = setInterval(() => setLeftS(Math.max(0, Math.ceil((untilMs - Date.now()) / 1000))), 500)
    return () => clearInterval(timer)
  }, [untilMs])
  return (
    <p role="timer" aria-live="off">
      {leftS > 0 ? `Retry-After: come back in ${leftS} s.` : 'Retry-After: the wait is over.'}
    </p>
  )
}
