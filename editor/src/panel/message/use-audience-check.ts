import { useEffect, useState } from 'react'
import type { AudienceCheck } from '#schemas/audience.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { readAudienceCheck, startAudienceCheck, stopAudienceCheck } from '#editor/api/audience-checks.ts'
import { useDocument, useSession } from '#editor/canvas/session-context.ts'
import { sameMeaning } from '#editor/model/checker.ts'

/** Milliseconds of quiet before everybody is counted anew: somebody's database is read for it. */
const QUIET_MS = 2500
/** A count that took longer is made again only when somebody asks for it. */
const SLOW_MS = 10_000
const POLL_MS = 700

export interface AudienceWatch {
  readonly check: AudienceCheck | null
  /** The figures are of the draft before the last changes. */
  readonly isStale: boolean
  /** The count could not be had at all. */
  readonly failure: string | null
  readonly ask: () => void
  readonly stop: () => void
}

const isOpen = ({ state }: AudienceCheck): boolean => state === 'waiting' || state === 'running'

/** Counts the whole audience of the open draft in the background, anew after changes; never in anybody's way. */
export function useAudienceCheck(): AudienceWatch {
  const { workflowId } = useSession()
  const document = useDocument((state) => state.document)
  const [meant, setMeant] = useState(document)
  if (!sameMeaning(meant, document)) setMeant(document)
  const [answer, setAnswer] = useState<{ check: AudienceCheck; of: WorkflowDocument } | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  /** Somebody asked for a count of this draft; anew each time. */
  const [asked, setAsked] = useState<{ readonly of: WorkflowDocument } | null>(null)
  const isSlow = answer !== null && answer.check.tookMs > SLOW_MS
  const wish = asked?.of === meant ? asked : null
  useEffect(() => {
    if (isSlow && wish === null) return
    const controller = new AbortController()
    const { signal } = controller
    const take = (check: AudienceCheck) => {
      setFailure(null)
      setAnswer({ check, of: meant })
    }
    const timer = setTimeout(
      () => {
        follow({ workflowId, document: meant, signal, take }).catch((error: unknown) => {
          if (!signal.aborted) setFailure(error instanceof Error ? error.message : String(error))
        })
      },
      wish === null ? QUIET_MS : 0,
    )
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
    // What was answered must not ask again.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [meant, wish, workflowId])
  return {
    check: answer?.check ?? null,
    isStale: answer !== null && answer.of !== meant,
    failure,
    ask: () => setAsked({ of: meant }),
    stop: () => {
      if (answer !== null && isOpen(answer.check)) void stopAudienceCheck(workflowId, answer.check.id)
    },
  }
}

interface Following {
  readonly workflowId: string
  readonly document: WorkflowDocument
  readonly signal: AbortSignal
  readonly take: (check: AudienceCheck) => void
}

async function follow({ workflowId, document, signal, take }: Following): Promise<void> {
  let check = await startAudienceCheck(workflowId, document, { signal })
  take(check)
  while (isOpen(check)) {
    await pause(POLL_MS, signal)
    check = await readAudienceCheck(workflowId, check.id, { signal })
    take(check)
  }
}

/** Rejects when the signal fires. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('The pause was called off', 'AbortError'))
    })
  })
}
