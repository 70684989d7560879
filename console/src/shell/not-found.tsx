import { Link } from '@tanstack/react-router'
import { Empty } from '../widgets/states.tsx'

export function NotFound() {
  return (
    <Empty title="There is no such page" action={<Link to="/users">Go to the users</Link>}>
      <p>The address may be mistyped, or the page is from another version.</p>
    </Empty>
  )
}
