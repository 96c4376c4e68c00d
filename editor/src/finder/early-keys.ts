import { useEffect, useRef } from 'react'

/**
 * What is typed between a key that opens a field and the field's having the focus: it goes into the field, not to the page below, where
 * single letters are shortcuts. Give back what came, and forget it.
 * @param waits the field is on its way, or open
 */
export function useEarlyKeys(waits: boolean): () => string {
  const typed = useRef('')
  useEffect(() => {
    if (!waits) return
    typed.current = ''
    const onKeyDown = (event: KeyboardEvent) => {
      const inDialog = document.activeElement?.closest('[role="dialog"]') ?? null
      if (inDialog !== null || event.key === 'Escape' || event.key === 'Tab') return
      if (event.ctrlKey || event.metaKey || event.altKey) return
      // Enter would press what has the focus below.
      event.preventDefault()
      event.stopPropagation()
      if (event.key.length === 1) typed.current += event.key
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [waits])
  return () => {
    const text = typed.current
    typed.current = ''
    return text
  }
}
