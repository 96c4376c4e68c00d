import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { pinSample, releaseSample } from '#editor/api/pinned-samples.ts'
import { useChecks, useSession } from '#editor/canvas/session-context.ts'
import { toastError } from '#editor/parts/toasts.ts'
import type { Preview } from '#schemas/preview.ts'

/** Rows of a source that are being chosen, by place. */
export interface RowChoice {
  readonly chosen: ReadonlySet<number>
  readonly toggle: (index: number) => void
}

export interface PinChoice {
  /** Null: nobody chooses at the moment. */
  readonly choice: RowChoice | null
  readonly begin: () => void
  readonly end: () => void
  readonly pin: () => void
  readonly pinning: boolean
}

interface Chosen {
  readonly of: Preview
  readonly nodeId: string
  readonly rows: ReadonlySet<number>
}

/** Choosing rows of a source to pin. A new preview has other rows in these places: it ends the choice. */
export function usePinChoice(nodeId: string | undefined): PinChoice {
  const session = useSession()
  const preview = useChecks((state) => state.preview)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const current = chosen !== null && chosen.of === preview && chosen.nodeId === nodeId ? chosen : null
  const pinning = useMutation({
    mutationFn: ({ of, nodeId: source, rows }: Chosen) => {
      const sealed = of.nodes[source]?.sealed ?? []
      return pinSample(
        session.workflowId,
        source,
        sealed.filter((_, index) => rows.has(index)),
      )
    },
    onSuccess: () => setChosen(null),
    onError: (error) => toastError(error),
    // Rows that are too old to be pinned are asked for anew as well.
    onSettled: () => session.refreshPreview(),
  })
  const toggled = (rows: ReadonlySet<number>, index: number) => {
    const next = new Set(rows)
    if (!next.delete(index)) next.add(index)
    return next
  }
  return {
    choice: current && {
      chosen: current.rows,
      toggle: (index) => setChosen({ ...current, rows: toggled(current.rows, index) }),
    },
    begin: () => preview !== null && nodeId !== undefined && setChosen({ of: preview, nodeId, rows: new Set() }),
    end: () => setChosen(null),
    pin: () => current !== null && pinning.mutate(current),
    pinning: pinning.isPending,
  }
}

/** Lets go of what is pinned of a source, and asks it again. */
export function useRelease(): { release: (nodeId: string) => void; releasing: boolean } {
  const session = useSession()
  const releasing = useMutation({
    mutationFn: (nodeId: string) => releaseSample(session.workflowId, nodeId),
    onSuccess: () => session.refreshPreview(),
    onError: (error) => toastError(error),
  })
  return { release: releasing.mutate, releasing: releasing.isPending }
}
