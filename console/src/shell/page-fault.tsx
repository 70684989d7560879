import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { RollcallFault } from '@rollcall/sdk'
import { errorText } from '../text/error-text.ts'
import { Button } from '../widgets/button.tsx'
import { isMissingPart, MissingPart } from '../widgets/part.tsx'
import { Empty, Fault } from '../widgets/states.tsx'

/** The same where nothing stands around it. */
export function RootFault(props: ErrorComponentProps) {
  return (
    <main>
      <PageFault {...props} />
    </main>
  )
}

/** A page that broke. The rest of the console goes on: one can try again, or go elsewhere. */
export function PageFault(props: ErrorComponentProps) {
  return (
    <>
      <h1 className="visually-hidden">Something went wrong</h1>
      <Cause {...props} />
    </>
  )
}

function Cause({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const again = () => {
    reset()
    void router.invalidate()
  }
  if (error instanceof RollcallFault) return <Fault error={error} onRetry={again} />
  if (isMissingPart(error)) return <MissingPart />
  return (
    <div role="alert">
      <Empty
        title="This page broke"
        action={
          <>
            <Button look="main" onClick={again}>
              Try again
            </Button>
            <Button onClick={() => location.reload()}>Load the console anew</Button>
          </>
        }
      >
        <p>That is a defect of Rollcall and has nothing to do with what you did. The browser says:</p>
        <p>
          <code>{errorText(error)}</code>
        </p>
      </Empty>
    </div>
  )
}
