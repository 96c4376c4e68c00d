import { getSmoothStepPath, Position } from '@xyflow/react'
import { type LineEnds, wraps } from '#editor/model/lines.ts'

/** A line between two cards, or the two stubs of one that goes on in a lower row. */
export type WirePath =
  | { readonly kind: 'line'; readonly path: string; readonly middle: readonly [number, number] }
  | {
      readonly kind: 'wrap'
      readonly out: string
      readonly outAt: readonly [number, number]
      readonly in: string
      readonly inAt: readonly [number, number]
    }

/** Pixels between a card and the middle of its stub's mark. */
const STUB = 32
/** Half the width of a stub's mark (an oval of 30 × 23). */
export const STUB_HALF = 15

/** How a line is drawn between its ports. */
export function wirePath(ends: LineEnds): WirePath {
  const { sourceX, sourceY, targetX, targetY } = ends
  if (wraps(ends)) {
    return {
      kind: 'wrap',
      out: `M ${sourceX},${sourceY} H ${sourceX + STUB - STUB_HALF}`,
      outAt: [sourceX + STUB, sourceY],
      in: `M ${targetX - STUB + STUB_HALF},${targetY} H ${targetX}`,
      inAt: [targetX - STUB, targetY],
    }
  }
  const [path, x, y] = getSmoothStepPath({
    ...ends,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
    borderRadius: 10,
    offset: 22,
  })
  return { kind: 'line', path, middle: [x, y] }
}
