import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import type { Me } from '@rollcall/sdk'
import { answers, directory } from '../../directory/client.ts'
import { meQuery } from '../../directory/me.ts'
import { SignInForm } from '../../shell/sign-in-form.tsx'
import { signedIn } from '../../shell/signed-out.ts'
import css from './entrance.module.css'
import { Entrance } from './entrance.tsx'
import { returnAddress } from './return-address.ts'

/** The way in; goes on to where one wanted to go. */
export function SignInPage() {
  const { to }: { readonly to?: string } = useSearch({ strict: false })
  const router = useRouter()
  const setup = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => directory.session.isSetUp({ signal }) })
  const enter = (me: Me) => {
    // Nothing that somebody else has read may be shown to the next one.
    answers.clear()
    answers.setQueryData(meQuery.queryKey, me)
    signedIn()
    void router.navigate({ href: `/console${returnAddress(to)}`, replace: true })
  }
  return (
    <Entrance title="Sign in">
      {setup.data?.isSetUp === false && (
        <p className={css.note}>
          Nobody can sign in with a password yet. Open the set-up link that <code>rollcall serve</code> has printed, or
          sign in with a token.
        </p>
      )}
      <SignInForm onSignedIn={enter} />
    </Entrance>
  )
}
