import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { directory } from '../../directory/client.ts'
import { useUserNames } from '../../directory/user-names.ts'
import { useSearchPart } from '../../shell/search-part.ts'
import { countText } from '../../text/count.ts'
import { announce } from '../../widgets/announcer.tsx'
import { Button } from '../../widgets/button.tsx'
import { SelectField } from '../../widgets/field.tsx'
import { Page } from '../../widgets/page.tsx'
import { SearchField } from '../../widgets/search-field.tsx'
import { Empty, Fault, Skeleton } from '../../widgets/states.tsx'
import { NewTokenDialog } from './new-token-dialog.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'
import { TokenTable } from './token-table.tsx'
import { tokensShown, type TokenState } from './token-state.ts'
import css from './tokens.module.css'

/** `edit` is `new`, or `revoke` with a token. */
type TokensSearch = 'q' | 'state' | 'edit' | 'token'

const STATES: readonly { readonly value: TokenState | ''; readonly label: string }[] = [
  { value: '', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'expired', label: 'Expired' },
  { value: 'revoked', label: 'Revoked' },
]

/** The tokens by which programs get in. */
export function TokensPage() {
  const [search, change] = useSearchPart<TokensSearch>()
  const [nowMs] = useState(() => Date.now())
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['tokens', 'bearer'],
    queryFn: ({ signal }) => directory.tokens.all({ use: 'bearer' }, { signal }),
  })
  const names = useUserNames((data ?? []).map(({ userId }) => userId))
  const q = search.q ?? ''
  const state = STATES.find(({ value }) => value === search.state)?.value ?? ''
  const words = q.toLowerCase().split(/\s+/)
  const shown = tokensShown(
    data ?? [],
    { state: state === '' ? null : state, words, nowMs },
    (id) => names.get(id) ?? '',
  )
  const isFiltered = q !== '' || state !== ''
  useEffect(() => {
    if (isFiltered && data) announce(`${countText(shown.length, 'token')} shown`)
  }, [isFiltered, q, state, data, shown.length])

  const close = () => change({ edit: undefined, token: undefined }, { replace: true })
  const create = (
    <Button look="main" icon={<Plus aria-hidden />} onClick={() => change({ edit: 'new' })}>
      New token
    </Button>
  )
  const revoked = search.edit === 'revoke' ? data?.find(({ id }) => id === search.token) : undefined
  return (
    <>
      <Page title="Tokens" lead="Each lets a program act for a user, with no more than it was given." actions={create}>
        <div className={css.tools}>
          <SearchField
            label="Search tokens"
            placeholder="Name or user"
            value={q}
            onSearch={(text) => change({ q: text || undefined }, { replace: true })}
          />
          <SelectField
            label="State"
            options={STATES}
            value={state}
            onChange={(event) => change({ state: event.target.value || undefined }, { replace: true })}
          />
        </div>
        {isPending && <Skeleton lines={6} label="Loading the tokens" />}
        {error && !data && <Fault error={error} onRetry={() => void refetch()} />}
        {data?.length === 0 && (
          <Empty title="There are no tokens yet" action={create}>
            <p>A program that asks the directory needs one.</p>
          </Empty>
        )}
        {data && data.length > 0 && shown.length === 0 && (
          <Empty
            title="No token is like that"
            action={
              <Button onClick={() => change({ q: undefined, state: undefined }, { replace: true })}>
                Show all tokens
              </Button>
            }
          />
        )}
        {shown.length > 0 && (
          <TokenTable
            tokens={shown}
            names={names}
            nowMs={nowMs}
            onRevoke={(id) => change({ edit: 'revoke', token: id })}
          />
        )}
      </Page>
      {search.edit === 'new' && <NewTokenDialog onClose={close} />}
      {revoked && <RevokeDialog token={revoked} onClose={close} />}
    </>
  )
}
