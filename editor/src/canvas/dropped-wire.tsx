import { getBezierPath, Position, ViewportPortal } from '@xyflow/react'
import { useView } from './session-context.ts'

/** The wire that was let go over empty canvas, until a step is chosen for its end. */
export function DroppedWire() {
  const palette = useView((state) => state.palette)
  if (palette?.wire == null || palette.open === null) return null
  const { from, to } = palette.wire
  const out = palette.open.side === 'out'
  const [path] = getBezierPath({
    sourceX: from.x,
    sourceY: from.y,
    sourcePosition: out ? Position.Right : Position.Left,
    targetX: to.x,
    targetY: to.y,
    targetPosition: out ? Position.Left : Position.Right,
  })
  const color = palette.open.port === 'undelivered' || palette.open.port === 'failed' ? 'var(--warn)' : 'var(--accent)'
  return (
    <ViewportPortal>
      <svg style={{ position: 'absolute', overflow: 'visible', width: 1, height: 1, pointerEvents: 'none' }} aria-hidden>
        <path d={path} fill="none" stroke={color} strokeWidth={2} strokeDasharray="5 4" />
        <circle cx={to.x} cy={to.y} r={5.5} fill={color} />
      </svg>
    </ViewportPortal>
  )
}
