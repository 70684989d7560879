import { Dialog } from '../widgets/dialog.tsx'
import css from './help.module.css'
import { usePreferences } from './preferences.ts'
import { useShortcutHelps } from './shortcuts.ts'

/** All keys that act on the page as it stands. */
export function Help({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const helps = useShortcutHelps()
  const { shortcuts } = usePreferences()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Keyboard shortcuts">
      {!shortcuts && <p>Single-key shortcuts are turned off. You can turn them on in the menu with your name.</p>}
      {helps.map(({ title, lines }) => (
        <section key={title} className={css.group}>
          <h2>{title}</h2>
          <dl>
            {lines.map(({ keys, does }) => (
              <div key={does} className={css.line}>
                <dt>
                  {keys.map((key, index) => (
                    <span key={key}>
                      {index > 0 && <span className={css.or}> or </span>}
                      <kbd>{key}</kbd>
                    </span>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  )
}
