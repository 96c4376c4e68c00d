import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useRunsPush } from '#editor/live/socket.ts'

/** At most this often, in ms, is a list fetched anew while runs go on. */
const RENEW_EVERY = 2_000

/** Fetches a query anew while runs change: at once, then every two seconds, and once more after the last change. */
export function useRenewOnRuns(queryKey: QueryKey): void {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const last = useRef(0)
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  useRunsPush(() => {
    if (timer.current !== null) return
    const wait = Math.max(0, last.current + RENEW_EVERY - Date.now())
    timer.current = setTimeout(() => {
      timer.current = null
      last.current = Date.now()
      void client.invalidateQueries({ queryKey })
    }, wait)
  })
}
