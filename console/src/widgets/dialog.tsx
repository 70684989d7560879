import * as Ariakit from '@ariakit/react'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from './button.tsx'
import css from './dialog.module.css'

interface DialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  /** Buttons at the end, the main one last. */
  readonly actions?: ReactNode
  readonly width?: 'narrow' | 'wide'
  /** Where there is no way past it: no close button, and Escape does nothing. */
  readonly isFirm?: boolean
}

/** A modal dialog: focus goes in and comes back, Escape closes. */
export function Dialog({ isOpen, onClose, title, children, actions, width = 'narrow', isFirm = false }: DialogProps) {
  return (
    <Ariakit.Dialog
      open={isOpen}
      onClose={onClose}
      unmountOnHide
      hideOnEscape={!isFirm}
      hideOnInteractOutside={false}
      backdrop={<div className={css.backdrop} />}
      className={`${css.dialog} ${css[width] ?? ''}`}
    >
      <header className={css.head}>
        <Ariakit.DialogHeading className={css.title}>{title}</Ariakit.DialogHeading>
        {!isFirm && (
          <IconButton label="Close" onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        )}
      </header>
      <div className={css.body}>{children}</div>
      {actions !== undefined && <footer className={css.actions}>{actions}</footer>}
    </Ariakit.Dialog>
  )
}
