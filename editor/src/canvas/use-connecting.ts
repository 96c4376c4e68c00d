import { notifications } from '@mantine/notifications'
import type { Connection, Edge, FinalConnectionState, Handle, OnConnectStartParams } from '@xyflow/react'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type ConnectVerdict, judgeConnection } from '#editor/model/ports.ts'
import { connectPorts, currentDocument, type EditorSession } from '#editor/model/session.ts'
import { typeOfStep } from '#editor/model/step-type.ts'
import { useSession } from './session-context.ts'

function endsOf(connection: Connection | Edge) {
  return {
    source: connection.source,
    sourcePort: connection.sourceHandle ?? '',
    target: connection.target,
    targetPort: connection.targetHandle ?? '',
  }
}

/** The point of the pointer on the screen, for mouse and touch. */
function pointOf(event: MouseEvent | TouchEvent): { x: number; y: number } {
  const point = 'clientX' in event ? event : event.changedTouches[0]
  return { x: point?.clientX ?? 0, y: point?.clientY ?? 0 }
}

/** A wire let go over empty canvas asks what shall come there: what fits the port comes first. */
function askAtDrop(session: EditorSession, event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
  const { fromNode, fromHandle, from, to } = state
  if (fromNode === null || fromHandle === null || from === null || to === null) return
  const side = fromHandle.type === 'source' ? 'out' : 'in'
  const at = pointOf(event)
  session.view.getState().openPalette({
    open: { nodeId: fromNode.id, port: fromHandle.id ?? '', side },
    at: { x: at.x + 16, y: at.y - 24 },
    // The card's port, not its corner, goes where the wire was let go.
    position: side === 'out' ? { x: to.x, y: to.y - 26 } : { x: to.x - 172, y: to.y - 26 },
    wire: { from, to },
  })
}

/** The card under a point of the screen. */
function nodeAt(point: { x: number; y: number }): string | null {
  for (const element of document.elementsFromPoint(point.x, point.y)) {
    const node = element.closest<HTMLElement>('.react-flow__node')
    if (node?.dataset.id !== undefined) return node.dataset.id
  }
  return null
}

/** A line let go over a card goes to the first port of it that fits; null if it was joined, else why no port does. */
function connectToCard(session: EditorSession, from: Handle, nodeId: string): ConnectVerdict | null {
  const type = typeOfStep(currentDocument(session), session.types, nodeId)
  const ports = Object.keys((from.type === 'source' ? type?.ports.in : type?.ports.out) ?? {})
  let refused: ConnectVerdict = { ok: false, reason: 'unknown' }
  for (const port of ports) {
    const here = { nodeId: from.nodeId, port: from.id ?? '' }
    const there = { nodeId, port }
    const [out, into] = from.type === 'source' ? [here, there] : [there, here]
    const ends = { source: out.nodeId, sourcePort: out.port, target: into.nodeId, targetPort: into.port }
    const verdict = judgeConnection(currentDocument(session), session.types, ends)
    if (verdict.ok) {
      connectPorts(session, ends)
      return null
    }
    refused = verdict
  }
  return refused
}

/** Drawing lines: judged while they are drawn, a refusal says why, an end in the void opens the palette. */
export function useConnecting() {
  const session = useSession()
  const { t } = useTranslation()
  const refuse = useCallback(
    (verdict: Extract<ConnectVerdict, { ok: false }>) => {
      if (verdict.reason === 'exists' || verdict.reason === 'itself') return
      const kind = (name: string | undefined) =>
        name === undefined ? '' : t(`editor.kinds.${name as 'rows' | 'messages' | 'start'}`)
      const message = t(`editor.canvas.refused.${verdict.reason}`, { from: kind(verdict.from), to: kind(verdict.to) })
      notifications.show({ id: 'line-refused', color: 'red', message })
    },
    [t],
  )
  return useMemo(
    () => ({
      isValidConnection: (connection: Connection | Edge) =>
        judgeConnection(currentDocument(session), session.types, endsOf(connection)).ok,
      onConnect: (connection: Connection) => connectPorts(session, endsOf(connection)),
      onConnectStart: (_event: MouseEvent | TouchEvent, start: OnConnectStartParams) => {
        session.view.getState().closePalette()
        const side = start.handleType === 'target' ? ('in' as const) : ('out' as const)
        session.view.getState().set({ connecting: { nodeId: start.nodeId ?? '', port: start.handleId ?? '', side } })
      },
      onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
        session.view.getState().set({ connecting: null })
        if (state.isValid || state.fromHandle === null) return
        const over = nodeAt(pointOf(event))
        if (over === null || over === state.fromHandle.nodeId) {
          if (over === null) askAtDrop(session, event, state)
          return
        }
        const verdict = connectToCard(session, state.fromHandle, over)
        if (verdict !== null && !verdict.ok) refuse(verdict)
      },
    }),
    [session, refuse],
  )
}
