import { useEffect } from 'react'
import { isComposing } from '#editor/parts/composition-guard.ts'

/** `Ctrl K` or `⌘ K`, wherever the focus is; by the key's place, so that a Korean keyboard does as well. */
export function useFinderKey(open: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isComposing(event) || event.code !== 'KeyK' || event.altKey || event.shiftKey) return
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      event.stopPropagation()
      open()
    }
    // Before Monaco, which has a chord that begins with it.
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [open])
}
