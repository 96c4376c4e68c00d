import type { WorkflowGroup } from '#schemas/workflow.ts'
import type { Position } from './change.ts'
import { CARD_WIDTH } from './placing.ts'

/** A step's card on the canvas; without a size it was not drawn yet. */
export interface Box {
  readonly position: Position
  readonly width?: number | undefined
  readonly height?: number | undefined
}

export interface Frame {
  readonly position: Position
  readonly width: number
  readonly height: number
}

/** Pixels around the steps of a group; above them stands its title. */
const SIDE = 20
const ABOVE = 48
const USUAL_HEIGHT = 80

/** Where the card of a folded group stands: at the corner of its steps, level with what stands beside them. */
export function cardCorner(places: readonly Position[]): Position {
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) }
}

/** Where the frame of a group begins. Only places of its steps count, not their sizes: it is known before they are drawn. */
export function frameCorner(places: readonly Position[]): Position {
  const { x, y } = cardCorner(places)
  return { x: x - SIDE, y: y - ABOVE }
}

/** The frame around the steps of a group; null: none of them is on the canvas. */
export function frameOf({ steps }: WorkflowGroup, boxes: ReadonlyMap<string, Box>): Frame | null {
  const inside = steps.flatMap((id) => boxes.get(id) ?? [])
  if (inside.length === 0) return null
  const position = frameCorner(inside.map((box) => box.position))
  const right = Math.max(...inside.map((box) => box.position.x + (box.width ?? CARD_WIDTH)))
  const bottom = Math.max(...inside.map((box) => box.position.y + (box.height ?? USUAL_HEIGHT)))
  return { position, width: right + SIDE - position.x, height: bottom + SIDE - position.y }
}
