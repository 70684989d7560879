import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { may, useMe } from '../directory/me.ts'
import { Page } from '../widgets/page.tsx'
import { Empty } from '../widgets/states.tsx'
import { ACCOUNT, placeAt, placesOf } from './places.ts'

/** A page, for those who may see it. All others are told what it takes, and the server is not asked what it would refuse. */
export function Permitted({ children }: { readonly children: ReactNode }) {
  const me = useMe()
  const path = useRouterState({ select: ({ matches }) => matches.at(-1)?.fullPath })
  const place = path === undefined ? undefined : placeAt(path)
  if (place === undefined || place.needs === null || me === undefined || may(me, place.needs)) return children
  const [first = ACCOUNT] = placesOf(me)
  return (
    <Page title={place.title}>
      <Empty title="You may not see this page" action={<Link to={first.to}>Go to {first.title}</Link>}>
        <p>
          It takes the permission <code>{place.needs}</code>, which <bdi>{me.user.fullName}</bdi> has not been given
          here. Whoever looks after this directory can give it.
        </p>
      </Empty>
    </Page>
  )
}
