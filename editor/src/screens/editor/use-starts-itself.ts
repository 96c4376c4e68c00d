import { useDocument, useSession } from '#editor/canvas/session-context.ts'

/** Does something other than a person start it once it is on: the clock, an event, a webhook? Only then on and off mean anything. */
export function useStartsItself(): boolean {
  const session = useSession()
  return useDocument(({ document }) =>
    document.nodes.some(({ type }) => type !== 'manual-trigger' && session.types.get(type)?.role === 'trigger'),
  )
}
