import { CopyButton } from '../../widgets/copy-button.tsx'
import { TextField } from '../../widgets/field.tsx'
import type { HttpRequest } from '../curl/request.ts'
import { Method } from '../shell/method.tsx'
import { changeVisitor, useVisitor } from '../visitor.ts'
import css from './panels.module.css'

/** Where a request goes: the server can be changed for the code. */
export function UrlPanel({ request }: { readonly request: HttpRequest }) {
  const { server } = useVisitor()
  const isElsewhere = server !== location.origin
  return (
    <div className={css.words}>
      <TextField
        label="Server"
        dir="ltr"
        inputMode="url"
        spellCheck={false}
        autoCapitalize="none"
        value={server}
        hint={isElsewhere ? `Code is for this server; “Try it” only asks ${location.origin}.` : undefined}
        onChange={({ target }) => changeVisitor({ server: target.value.trim().replace(/\/+$/, '') })}
        onBlur={() => {
          if (server === '') changeVisitor({ server: location.origin })
        }}
      />
      <div className={css.url}>
        <p dir="ltr">
          <Method method={request.method} /> <code>{request.url}</code>
        </p>
        <CopyButton text={request.url} label="Copy the URL" />
      </div>
    </div>
  )
}
