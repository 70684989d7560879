import { lazy, useEffect, useRef } from 'react'
import type { User } from '@rollcall/sdk'
import { useMay } from '../../directory/me.ts'
import { StatusBadge } from '../../widgets/badge.tsx'
import { CopyButton } from '../../widgets/copy-button.tsx'
import { Initials } from '../../widgets/initials.tsx'
import { Part } from '../../widgets/part.tsx'
import { Skeleton } from '../../widgets/states.tsx'
import { Tabs } from '../../widgets/tabs.tsx'
import { JsonTab } from './json-tab.tsx'
import { LastSeen } from './last-seen.tsx'
import { UserLevel } from './part-heading.tsx'
import { ProfileTab } from './profile/profile-tab.tsx'
import { UserActions } from './user-actions.tsx'
import css from './user.module.css'

const WireTab = lazy(async () => ({ default: (await import('./wire-tab.tsx')).WireTab }))
const HistoryTab = lazy(async () => ({ default: (await import('./history-tab.tsx')).HistoryTab }))
const AccessTab = lazy(async () => ({ default: (await import('./access/access-tab.tsx')).AccessTab }))

interface UserViewProps {
  readonly user: User
  /** Of its heading: 1 on a page of its own, 2 beside a list. */
  readonly level: 1 | 2
  readonly tab: string
  readonly onTab: (tab: string) => void
}

/** One user: who it is, what can be done with it, and everything known of it in tabs. */
export function UserView({ user, level, tab, onTab }: UserViewProps) {
  const mayAudit = useMay('audit:read')
  const mayIssue = useMay('tokens:write')
  const article = useRef<HTMLElement>(null)
  // Where the tabs do not fit, the chosen one is seen nevertheless.
  useEffect(() => {
    const chosen = article.current?.querySelector('[role="tab"][aria-selected="true"]')
    chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [tab])
  const Heading = level === 1 ? 'h1' : 'h2'
  const tabs = [
    { id: 'profile', title: 'Profile', content: () => <ProfileTab user={user} /> },
    { id: 'json', title: 'JSON', content: () => <JsonTab value={user} label="The user as JSON" /> },
    { id: 'dialects', title: 'As each dialect sees it', content: () => <WireTab user={user} /> },
    ...(mayAudit ? [{ id: 'history', title: 'History', content: () => <HistoryTab user={user} /> }] : []),
    ...(mayIssue ? [{ id: 'access', title: 'Tokens and sign-in', content: () => <AccessTab user={user} /> }] : []),
  ].map(({ content, ...rest }) => ({
    ...rest,
    content: () => (
      <UserLevel value={level}>
        <Part of={rest.id} fallback={<Skeleton lines={6} />}>
          {content()}
        </Part>
      </UserLevel>
    ),
  }))
  return (
    <article ref={article} className={css.user}>
      <header className={css.head}>
        <Initials name={user.fullName} size="large" />
        <div className={css.who}>
          <Heading className={css.name}>
            <bdi>{user.fullName}</bdi>
          </Heading>
          <p className={css.about}>
            <StatusBadge status={user.status} />
            <bdi>{user.email ?? user.identifier}</bdi>
          </p>
          <LastSeen user={user} />
        </div>
      </header>
      <div className={css.actions}>
        <UserActions user={user} />
        <CopyButton text={user.id} label="Copy id" />
        {user.email !== null && <CopyButton text={user.email} label="Copy e-mail" />}
      </div>
      <Tabs label="What is known of the user" tabs={tabs} selected={tab} onSelect={onTab} />
    </article>
  )
}
