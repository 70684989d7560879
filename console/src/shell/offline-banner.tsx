import { CloudOff } from 'lucide-react'
import { Button } from '../widgets/button.tsx'
import css from './offline-banner.module.css'
import { lookAgain, useReach } from './reachable.ts'

/** Says that what is shown may be old and that nothing can be saved now; goes away by itself. */
export function OfflineBanner() {
  const reach = useReach()
  return (
    // The region stands there before it says something: only then screen readers say it.
    <div role="status" className={css.place}>
      {reach !== 'reached' && (
        <div className={css.banner}>
          <CloudOff aria-hidden />
          <p>
            {reach === 'offline' ? 'This device is offline.' : 'The server does not answer.'} What you see may be old,
            and nothing can be saved until it is back.
          </p>
          {reach === 'unanswered' && <Button onClick={() => void lookAgain()}>Try now</Button>}
        </div>
      )}
    </div>
  )
}
