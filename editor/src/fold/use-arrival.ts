import { useEffect, useRef, type RefObject } from 'react'
import { useSession } from '#editor/canvas/session-context.ts'
import { flyFrom } from './flying.ts'

/**
 * When a person came from the other view of the draft: its steps fly here from where they stood there, and the keyboard goes on at `focus`.
 * `ready`: the steps are where they belong.
 */
export function useArrival(ready: boolean, focus: RefObject<HTMLElement | null>): void {
  const { view } = useSession()
  const done = useRef(false)
  useEffect(() => {
    const { cameFrom } = view.getState()
    if (!ready || done.current || cameFrom === null) return
    // After the picture was fitted, which React Flow does in the next frame.
    const frame = requestAnimationFrame(() => {
      done.current = true
      view.getState().set({ cameFrom: null })
      flyFrom(cameFrom)
      if (document.activeElement === null || document.activeElement === document.body) focus.current?.focus()
    })
    return () => cancelAnimationFrame(frame)
  }, [ready, view, focus])
}
