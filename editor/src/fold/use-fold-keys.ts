import { useEffect, useRef } from 'react'
import { typesSomewhere } from '#editor/parts/types-somewhere.ts'
import { isComposing } from '#editor/parts/composition-guard.ts'

interface FoldKeys {
  /** `F`: to the other view. */
  readonly toggle?: () => void
  /** Ctrl Enter, where nothing else listens to it. */
  readonly run?: () => void
}

/** The keys between canvas and three steps; never while somebody types or a syllable is being composed. `code`: also on a Korean keyboard. */
export function useFoldKeys(keys: FoldKeys): void {
  const newest = useRef(keys)
  useEffect(() => {
    newest.current = keys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || isComposing(event) || typesSomewhere(event.target)) return
      const { toggle, run } = newest.current
      const command = event.ctrlKey || event.metaKey
      const act =
        event.code === 'KeyF' && !command && !event.altKey && !event.shiftKey
          ? toggle
          : command && event.key === 'Enter'
            ? run
            : undefined
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
