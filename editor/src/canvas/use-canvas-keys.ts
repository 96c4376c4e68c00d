import { useEffect } from 'react'
import { isComposing } from '#editor/parts/composition-guard.ts'
import { typesSomewhere } from '#editor/parts/types-somewhere.ts'
import { canvasKeys } from './canvas-keys.ts'
import { useSession } from './session-context.ts'
import { usePlaces } from './use-places.ts'

/** The canvas' shortcuts, all in one list (canvas-keys.ts); never while somebody types or a syllable is being composed. */
export function useCanvasKeys(): void {
  const session = useSession()
  const places = usePlaces()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event) || typesSomewhere(event.target)) return
      const found = canvasKeys.find(({ when }) => when(event))
      if (found === undefined) return
      event.preventDefault()
      found.act(session, event, places)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [session, places])
}
