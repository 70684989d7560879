import * as Ariakit from '@ariakit/react'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from './button.tsx'
import css from './dialog.module.css'

/** What a dialog shows, whatever is typed into it. */
export interface ModalProps {
  readonly isOpen: boolean
  readonly title: string
  readonly children: ReactNode
  /** Buttons at the end, the main one last. */
  readonly actions?: ReactNode
  readonly width?: 'narrow' | 'wide'
  /** Where there is no way past it: no close button, and Escape does nothing. */
  readonly isFirm?: boolean
  /** Called by Escape and the close button, with the event that closes it: prevented, it stays open. */
  readonly onClose: (event: Pick<Event, 'preventDefault'>) => void
}

/** The box of a dialog: focus goes in and comes back, Escape closes. */
export function Modal({ isOpen, onClose, title, children, actions, width = 'narrow', isFirm = false }: ModalProps) {
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
