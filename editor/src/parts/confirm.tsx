import { useState } from 'react'
import type { ConfirmProps } from './confirm-dialog.tsx'
import { latePart } from './late-part.tsx'

const Dialog = latePart<ConfirmProps>(async () => (await import('./confirm-dialog.tsx')).ConfirmDialog)

/** Asks before something that cannot be undone. The dialog is loaded when something first asks: no screen needs it to be drawn. */
export function Confirm(props: ConfirmProps) {
  const [asked, setAsked] = useState(false)
  if (props.opened && !asked) setAsked(true)
  // Who gave up on a dialog that did not come is not asked until she asks again.
  const dismiss = () => {
    setAsked(false)
    props.onCancel()
  }
  return asked ? <Dialog {...props} onDismiss={dismiss} /> : null
}
