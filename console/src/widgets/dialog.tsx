import { DraftsAround, useDrafts } from './drafts.tsx'
import { Modal, type ModalProps } from './modal.tsx'

type DialogProps = Omit<ModalProps, 'onClose'> & {
  /** Called when it is left; what is typed into its forms is given up then, which was asked before. */
  readonly onClose: () => void
}

/** What of an address opens a dialog, or what it is about: going back past it closes the dialog. */
const OPENING = ['new', 'edit', 'user', 'tab']

/** A modal dialog: focus goes in and comes back, Escape closes, and what was typed into its forms is not lost without asking. */
export function Dialog({ onClose, children, ...modal }: DialogProps) {
  const { drafts, question } = useDrafts(
    onClose,
    (here, there, isStep) =>
      here.pathname !== there.pathname ||
      // What a dialog does when it is done changes the address too.
      (isStep && OPENING.some((name) => here.search[name] !== there.search[name])),
  )
  return (
    <DraftsAround value={drafts}>
      <Modal {...modal} onClose={drafts.leave}>
        {children}
        {question}
      </Modal>
    </DraftsAround>
  )
}
