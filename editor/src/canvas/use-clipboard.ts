import { useReactFlow } from '@xyflow/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Position } from '#editor/model/change.ts'
import { pasteText, removeSelected, selectedText } from '#editor/model/session.ts'
import { toastError } from '#editor/parts/toasts.ts'
import { useSession } from './session-context.ts'
import { typesSomewhere } from '#editor/parts/types-somewhere.ts'

/** A text that a person marked somewhere on the page is what she means to copy. */
const marksText = (): boolean => (window.getSelection()?.toString() ?? '') !== ''

/**
 * Copy, cut and paste of steps by the browser's own events: no permission is asked for, the menu works as well as the keys, and what is
 * copied is plain text that another tab, another workspace or a file can take.
 */
export function useClipboard(): void {
  const session = useSession()
  const { t } = useTranslation()
  const { screenToFlowPosition } = useReactFlow()
  useEffect(() => {
    let mouse: Position | null = null
    const onMove = (event: PointerEvent) => {
      const onCanvas = event.target instanceof Element && event.target.closest('.react-flow') !== null
      mouse = onCanvas && event.pointerType === 'mouse' ? { x: event.clientX, y: event.clientY } : null
    }
    const copy = (event: ClipboardEvent): boolean => {
      const text = typesSomewhere(event.target) || marksText() ? null : selectedText(session)
      if (text === null) return false
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
      return true
    }
    const onCopy = (event: ClipboardEvent) => void copy(event)
    const onCut = (event: ClipboardEvent) => {
      if (copy(event)) removeSelected(session)
    }
    const onPaste = (event: ClipboardEvent) => {
      if (typesSomewhere(event.target)) return
      const text = event.clipboardData?.getData('text/plain') ?? ''
      const done = pasteText(session, text, mouse === null ? null : screenToFlowPosition(mouse))
      if (done === 'foreign') return
      event.preventDefault()
      if (done === 'broken') toastError(new Error(t('editor.clipboard.broken')))
    }
    window.addEventListener('pointermove', onMove, { passive: true })
    window.addEventListener('copy', onCopy)
    window.addEventListener('cut', onCut)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('pointermove', onMove)
      window.removeEventListener('copy', onCopy)
      window.removeEventListener('cut', onCut)
      window.removeEventListener('paste', onPaste)
    }
  }, [session, t, screenToFlowPosition])
}
