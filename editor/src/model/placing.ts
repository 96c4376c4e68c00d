import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Position } from './change.ts'

/** Pixels at 100 %. The grid of the canvas: ten steps in lines of four are readable without zooming. */
export const CARD_WIDTH = 172
export const COLUMN_WIDTH = 220
export const LINE_HEIGHT = 146
export const STEPS_PER_LINE = 4

/** Rough height of a card when it has not been measured: enough to keep two cards from covering each other. */
const CARD_HEIGHT = 100

function covers(a: Position, b: Position): boolean {
  return Math.abs(a.x - b.x) < CARD_WIDTH + 12 && Math.abs(a.y - b.y) < CARD_HEIGHT
}

/** The place itself, or the nearest free one below it. */
export function freePlace(document: WorkflowDocument, wanted: Position): Position {
  let { x, y } = wanted
  x = Math.round(x)
  y = Math.round(y)
  for (let tries = 0; tries < 200; tries += 1) {
    if (!document.nodes.some(({ position }) => covers(position, { x, y }))) return { x, y }
    y += Math.round(LINE_HEIGHT / 2)
  }
  return { x, y }
}

/** The shift by which all these places are free: the wanted one, or the nearest further down. */
export function freeShift(document: WorkflowDocument, places: readonly Position[], wanted: Position): Position {
  const { x } = wanted
  let { y } = wanted
  const isCovered = () =>
    places.some((place) => document.nodes.some(({ position }) => covers(position, { x: place.x + x, y: place.y + y })))
  for (let tries = 0; tries < 200 && isCovered(); tries += 1) y += Math.round(LINE_HEIGHT / 2)
  return { x, y }
}

/** The place itself, or the nearest one above it, at which a note of this size covers neither cards nor notes. */
export function freeAbove(
  { nodes, notes }: WorkflowDocument,
  wanted: Position,
  { width, height }: { readonly width: number; readonly height: number },
): Position {
  const cards = nodes.map(({ position }) => ({ ...position, width: CARD_WIDTH, height: CARD_HEIGHT }))
  const taken = [...cards, ...(notes ?? []).map(({ position, size }) => ({ ...position, ...size }))]
  const covered = (y: number) =>
    taken.find((one) => one.x < wanted.x + width && wanted.x < one.x + one.width && one.y < y + height && y < one.y + one.height)
  let { y } = wanted
  for (let below = covered(y); below !== undefined; below = covered(y)) y = below.y - height - 16
  return { x: wanted.x, y }
}

/**
 * Where a step that goes on after `nodeId` belongs: to its right; from the fifth in a line on, at the beginning of the next line.
 * `below`: it hangs on a side port (those who were not reached) and stands a little lower.
 */
export function placeAfter(document: WorkflowDocument, nodeId: string, below: boolean): Position {
  const before = document.nodes.find(({ id }) => id === nodeId)
  if (before === undefined) return placeAtEnd(document)
  const left = Math.min(...document.nodes.map(({ position }) => position.x))
  const next = { x: before.position.x + COLUMN_WIDTH, y: before.position.y + (below ? 100 : 0) }
  const full = next.x - left >= COLUMN_WIDTH * STEPS_PER_LINE - COLUMN_WIDTH / 2
  return freePlace(document, full && !below ? { x: left, y: before.position.y + LINE_HEIGHT } : next)
}

/** Where a step that belongs to nothing yet goes: under everything, at the left. */
export function placeAtEnd(document: WorkflowDocument): Position {
  if (document.nodes.length === 0) return { x: 0, y: 0 }
  const left = Math.min(...document.nodes.map(({ position }) => position.x))
  const bottom = Math.max(...document.nodes.map(({ position }) => position.y))
  return freePlace(document, { x: left, y: bottom + LINE_HEIGHT })
}
