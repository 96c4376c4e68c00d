import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, type RefObject } from 'react'
import type { Run } from '#schemas/run.ts'
import { cancelRun } from '#editor/api/run-actions.ts'
import { runQuery } from '#editor/api/runs.ts'
import { executeWorkflow } from '#editor/api/workflows.ts'
import { useRunFrame } from '#editor/live/socket.ts'
import { isEnded, withFrame } from '#editor/screens/run/run-facts.ts'

/** A lost live connection must not leave the dialog with an old truth. */
const LOOK_AGAIN_MS = 2_000

interface Prepare {
  readonly workflowId: string
  readonly version: 'draft' | number
  /** Saves the draft, for example. Throws when nothing may be started. */
  readonly before: () => Promise<void>
  /** The dialog was closed before the run was there: then nobody would ever be asked about it. */
  readonly gone: RefObject<boolean>
}

/** Starts a run that prepares and then asks, once. The key stays: after a lost answer the same run is found again, not a second one. */
export function usePrepare({ workflowId, version, before, gone }: Prepare) {
  const key = useRef(crypto.randomUUID())
  const begun = useRef(false)
  const start = useMutation({
    mutationFn: async () => {
      await before()
      const started = await executeWorkflow(workflowId, { version, ask: true }, key.current)
      if (gone.current) await cancelRun(started.runId)
      return started
    },
  })
  const { mutate } = start
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    mutate()
  }, [mutate])
  return start
}

/** The run as it is now, kept up to date; undefined until it was read. */
export function useLaunchRun(runId: string): { run: Run | undefined; error: Error | null } {
  const query = useQuery({
    ...runQuery(runId),
    refetchInterval: ({ state }) => (state.data !== undefined && isEnded(state.data.state) ? false : LOOK_AGAIN_MS),
  })
  const frame = useRunFrame(runId)
  return { run: query.data && withFrame(query.data, frame), error: query.data === undefined ? query.error : null }
}
