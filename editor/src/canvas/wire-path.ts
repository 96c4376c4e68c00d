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
/** Pixels that a line goes straight on at its ends: where it has to turn back, and at least. */
const OFFSET = { usual: 22, least: 4 }
/** Pixels around the middle of a way in which lines of one card bend. */
const BENDS = 14
/** Half the width of a stub's mark (an oval of 30 × 23). */
export const STUB_HALF = 15

/**
 * How a line is drawn between its ports. `turn` (`turnOf`): pixels by which it bends further to the right where it goes down, to the left
 * where it goes up, so that lines out of one card have each a piece of their own.
 */
export function wirePath(ends: LineEnds, turn: number | null = null): WirePath {
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
    ...bendOf(ends, turn),
  })
  return { kind: 'line', path, middle: [x, y] }
}

/**
 * A line to the right bends once: in the gap, of a long way in the gap beside the card where ways part, else beside the one where they
 * meet, so that it does not run down behind the cards between. Without room it goes around, as it would to the left.
 */
function bendOf({ sourceX, sourceY, targetX, targetY }: LineEnds, turn: number | null): { offset: number; centerX?: number } {
  const half = (targetX - sourceX) / 2
  if (half < OFFSET.least) return { offset: OFFSET.usual }
  const room = Math.min(half, OFFSET.least + BENDS)
  const middle = turn === null ? targetX - room : sourceX + room
  const most = room - OFFSET.least
  const shift = Math.max(-most, Math.min(most, turn ?? 0))
  return { offset: OFFSET.least, centerX: middle + (targetY > sourceY ? shift : -shift) }
}
