import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { announce } from './announcer.tsx'
import { Button } from './button.tsx'

const SHOWN_MS = 2500

/** Copies a text and says so on the button. */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null)
  const copy = async () => {
    const done = await navigator.clipboard.writeText(text).then(
      () => 'copied' as const,
      () => 'failed' as const,
    )
    setOutcome(done)
    announce(done === 'copied' ? 'Copied.' : 'The browser did not let it be copied.')
    setTimeout(() => setOutcome(null), SHOWN_MS)
  }
  return (
    <Button onClick={() => void copy()} icon={outcome === 'copied' ? <Check aria-hidden /> : <Copy aria-hidden />}>
      {outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Select and copy it' : label}
    </Button>
  )
}
