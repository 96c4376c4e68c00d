import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { MessageState } from '#schemas/states.ts'
import { isMessageState } from '#editor/parts/state-tones.ts'

export interface RunSearch {
  readonly view: 'flow' | 'people' | null
  readonly state: MessageState | null
  readonly node: string | null
  readonly address: string | null
  readonly message: string | null
}

export interface RunPlace extends RunSearch {
  /** Changes parts of the address; null takes a part away. */
  readonly go: (change: Partial<RunSearch>) => void
}

/** What the address says is shown: everything that a link or a reload should bring back. */
export function useRunPlace(): RunPlace {
  const search = useSearch({ from: '/runs/$id' })
  const navigate = useNavigate({ from: '/runs/$id' })
  const go = useCallback(
    (change: Partial<RunSearch>) => {
      const texts = Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value ?? undefined]))
      // Closing or opening a person is a step of its own to go back from; a filter is none.
      void navigate({ search: (old) => ({ ...old, ...texts }), replace: !('message' in change) || 'state' in change })
    },
    [navigate],
  )
  return {
    view: search.view === 'flow' || search.view === 'people' ? search.view : null,
    state: search.state !== undefined && isMessageState(search.state) ? search.state : null,
    node: search.node ?? null,
    address: search.address ?? null,
    message: search.message ?? null,
    go,
  }
}
