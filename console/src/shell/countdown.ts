import { useEffect, useState } from 'react'

interface Countdown {
  readonly secondsLeft: number
  readonly start: (seconds: number) => void
}

/** Seconds that run down, once a second, from what was said last. */
export function useCountdown(): Countdown {
  const [secondsLeft, setSecondsLeft] = useState(0)
  useEffect(() => {
    if (secondsLeft <= 0) return
    const timer = setTimeout(() => setSecondsLeft(secondsLeft - 1), 1000)
    return () => clearTimeout(timer)
  }, [secondsLeft])
  return { secondsLeft, start: (seconds) => setSecondsLeft(Math.ceil(seconds)) }
}
