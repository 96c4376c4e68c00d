import { type InfiniteData, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import type { RunPage } from '#schemas/api/runs.ts'
import { useRunsPush } from '#editor/live/socket.ts'
import { mergeRuns } from './merge-runs.ts'

/** At most this often, in ms, is a list fetched anew while runs go on. */
const RENEW_EVERY = 2_000

/** Fetches a query anew while runs change: at once, then every two seconds, and once more after the last change. */
export function useRenewOnRuns(queryKey: QueryKey): void {
  useRunsPush(useRenew(queryKey))
}

/** Keeps every list of runs up to date: pushed figures go in at once, and the lists are fetched anew a little later (a run may be new, or have left a filter). */
export function useLiveRuns(): void {
  const client = useQueryClient()
  const renew = useRenew(['runs'])
  useRunsPush((items) => {
    client.setQueriesData<InfiniteData<RunPage, unknown>>({ queryKey: ['runs'] }, (data) =>
      data === undefined ? data : mergeRuns(data, items),
    )
    renew()
  })
}

function useRenew(queryKey: QueryKey): () => void {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const last = useRef(0)
  const key = useRef(queryKey)
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  return useCallback(() => {
    if (timer.current !== null) return
    const wait = Math.max(0, last.current + RENEW_EVERY - Date.now())
    timer.current = setTimeout(() => {
      timer.current = null
      last.current = Date.now()
      void client.invalidateQueries({ queryKey: key.current })
    }, wait)
  }, [client])
}
