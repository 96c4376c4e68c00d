import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { MessageState } from '#schemas/states.ts'
import { isMessageState } from '#editor/parts/state-tones.ts'

export interface OutboxSearch {
  readonly runId: string | null
  readonly address: string | null
  readonly state: MessageState | null
  /** The open conversation; one that is not in the list (any more) opens none. */
  readonly person: string | null
}

export interface OutboxPlace extends OutboxSearch {
  /** Changes parts of the address; null takes a part away. */
  readonly go: (change: Partial<OutboxSearch>) => void
}

/** What the address says is shown. */
export function useOutboxPlace(): OutboxPlace {
  const search = useSearch({ from: '/outbox' })
  const navigate = useNavigate({ from: '/outbox' })
  const go = useCallback(
    (change: Partial<OutboxSearch>) => {
      const texts = Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value ?? undefined]))
      void navigate({ search: (old) => ({ ...old, ...texts }), replace: !('person' in change && change.person !== null) })
    },
    [navigate],
  )
  return {
    runId: search.runId ?? null,
    address: search.address ?? null,
    state: search.state !== undefined && isMessageState(search.state) ? search.state : null,
    person: search.person ?? null,
    go,
  }
}
