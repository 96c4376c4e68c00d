import i18next from 'i18next'
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import type { RunFrame } from '#schemas/frames.ts'
import type { RunItem } from '#schemas/run.ts'
import { currentLanguage } from '#editor/words/start-words.ts'
import { LiveSocket, type LiveState, type SocketLike } from './live-socket.ts'

let shared: LiveSocket | null = null

/** The tab's live connection, made when first needed. */
export function liveSocket(): LiveSocket {
  if (shared !== null) return shared
  const live = new LiveSocket({ open: openSocket })
  addEventListener('online', () => live.hurry())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') live.hurry()
  })
  i18next.on('languageChanged', () => live.renew())
  shared = live
  return live
}

function openSocket(): SocketLike {
  const address = new URL('/ws', location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  // A browser sends its own language with a socket, not the one that is chosen on the page.
  address.searchParams.set('language', currentLanguage())
  const socket = new WebSocket(address)
  const like: SocketLike = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (text) => socket.send(text),
    close: () => {
      // A browser complains in its console about one that is closed before it was open.
      if (socket.readyState === WebSocket.CONNECTING) socket.addEventListener('open', () => socket.close())
      else socket.close()
    },
  }
  socket.addEventListener('open', () => like.onopen?.())
  socket.addEventListener('message', (event) => like.onmessage?.({ data: event.data }))
  socket.addEventListener('close', () => like.onclose?.())
  return like
}

/** The newest snapshot of a run, kept up to date while the component is shown; null until the first one comes. */
export function useRunFrame(runId: string): RunFrame | null {
  return useRunFrameOf(runId, whole)
}

const whole = (frame: RunFrame) => frame

/**
 * One part of the newest snapshot; the component is drawn again only when that part changes (`Object.is`, or `isEqual`).
 * Example: `useRunFrameOf(runId, (frame) => frame.nodes[id]?.in ?? 0)`.
 */
export function useRunFrameOf<Part>(
  runId: string,
  select: (frame: RunFrame) => Part,
  isEqual: (a: Part, b: Part) => boolean = Object.is,
): Part | null {
  const last = useRef<{ part: Part } | null>(null)
  useEffect(() => liveSocket().watchRun(runId), [runId])
  const listen = useCallback((listener: () => void) => liveSocket().frames.listen(runId, listener), [runId])
  return useSyncExternalStore(listen, () => {
    const frame = liveSocket().frames.get(runId)
    if (frame === null) {
      last.current = null
      return null
    }
    const part = select(frame)
    if (last.current === null || !isEqual(last.current.part, part)) last.current = { part }
    return last.current.part
  })
}

/** Is the live connection up? `lost` is worth telling the person: figures stand still until it is back. */
export function useLiveState(): LiveState {
  const listen = useCallback((listener: () => void) => liveSocket().onState(listener), [])
  return useSyncExternalStore(listen, () => liveSocket().state)
}

/** Calls back with the runs that changed, while the component is shown. */
export function useRunsPush(onPush: (items: readonly RunItem[]) => void): void {
  const newest = useRef(onPush)
  useEffect(() => {
    newest.current = onPush
  })
  useEffect(() => liveSocket().watchRuns((items) => newest.current(items)), [])
}
