import { useNodesInitialized } from '@xyflow/react'
import { useEffect } from 'react'
import { useSession } from './session-context.ts'

/** Who comes back from the list goes on at the same step of the picture. */
export function useFocusBack(): void {
  const session = useSession()
  const drawn = useNodesInitialized()
  useEffect(() => {
    const [id] = session.document.getState().selectedNodes
    if (!drawn || id === undefined || document.activeElement !== document.body) return
    document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus()
  }, [drawn, session])
}
