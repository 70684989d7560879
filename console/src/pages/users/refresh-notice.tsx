import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { announce } from '../../widgets/announcer.tsx'
import { Button } from '../../widgets/button.tsx'
import { refreshUsers } from './table/list-query.ts'

/** Says that the directory was written since the list was read, and reads it again when asked to: rows never move by themselves. */
export function RefreshNotice({ isOutdated }: { readonly isOutdated: boolean }) {
  const [isBusy, setIsBusy] = useState(false)
  if (!isOutdated && !isBusy) return null
  const refresh = async () => {
    setIsBusy(true)
    await refreshUsers()
    setIsBusy(false)
    announce('The list is up to date.')
  }
  return (
    <Button
      look="quiet"
      icon={<RefreshCw aria-hidden />}
      aria-busy={isBusy}
      disabled={isBusy}
      title="The directory was changed since this list was read"
      onClick={() => void refresh()}
    >
      Refresh
    </Button>
  )
}
