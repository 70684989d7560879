import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { RollcallFault } from '@rollcall/sdk'
import { errorText } from '../text/error-text.ts'
import { Button } from '../widgets/button.tsx'
import { Empty, Fault } from '../widgets/states.tsx'

/** The same where nothing stands around it. */
export function RootFault(props: ErrorComponentProps) {
  return (
    <main>
      <h1 className="visually-hidden">Rollcall</h1>
      <PageFault {...props} />
    </main>
  )
}

/** A page that broke. The rest of the console goes on: one can try again, or go elsewhere. */
export function PageFault({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const again = () => {
    reset()
    void router.invalidate()
  }
  if (error instanceof RollcallFault) return <Fault error={error} onRetry={again} />
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
