import type { WorkflowDocument } from '#schemas/workflow.ts'
import { isBranched, lanePositions } from './branch-layout.ts'
import type { Position } from './change.ts'
import { CARD_WIDTH, COLUMN_WIDTH, LINE_HEIGHT, STEPS_PER_LINE } from './placing.ts'

/** Where a line begins and ends: the ports of two cards. */
export interface LineEnds {
  readonly sourceX: number
  readonly sourceY: number
  readonly targetX: number
  readonly targetY: number
}

/**
 * A line that goes back to the beginning of a lower row of cards is not drawn across the picture: it ends in a stub `↵` and goes
 * on from a stub `→`. That is so where the target's card stands wholly left of the source's, and clearly lower.
 */
export function wraps({ sourceX, sourceY, targetX, targetY }: LineEnds): boolean {
  return targetX + 2 * CARD_WIDTH <= sourceX && targetY - sourceY > LINE_HEIGHT / 3
}

/** Steps in the order in which rows reach them; what hangs in a circle comes at the end as it stands in the document. */
export function inFlowOrder(document: WorkflowDocument): string[] {
  const waiting = new Map(document.nodes.map(({ id }) => [id, 0]))
  for (const { source, target } of document.edges) {
    const count = waiting.get(target)
    if (count !== undefined && waiting.has(source)) waiting.set(target, count + 1)
  }
  const order: string[] = []
  const ready = document.nodes.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id)
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    order.push(id)
    const next: string[] = []
    for (const { source, target } of document.edges) {
      const count = waiting.get(target)
      if (source !== id || count === undefined) continue
      waiting.set(target, count - 1)
      if (count === 1) next.push(target)
    }
    // Depth first: a chain stays together.
    ready.unshift(...next)
  }
  const placed = new Set(order)
  return [...order, ...document.nodes.map(({ id }) => id).filter((id) => !placed.has(id))]
}

/** The way of those whom it did not work for, or who were not chosen. */
export function isSideDoor(port: string): boolean {
  return port === 'undelivered' || port === 'failed' || port === 'rest'
}

interface Grid {
  readonly cells: Map<string, { line: number; column: number; below: boolean }>
  readonly taken: Set<string>
}

function firstFreeCell(grid: Grid, line: number, column: number): { line: number; column: number } {
  let [row, place] = [line, column]
  if (place >= STEPS_PER_LINE) [row, place] = [row + 1, 0]
  while (grid.taken.has(`${row}/${place}`)) {
    place += 1
    if (place >= STEPS_PER_LINE) [row, place] = [row + 1, 0]
  }
  return { line: row, column: place }
}

/** "Tidy up": positions in lines of four, reading order, side doors half a line lower to the right; ways that part and meet in lanes. */
export function tidyPositions(document: WorkflowDocument): Record<string, Position> {
  if (isBranched(document, isSideDoor)) return lanePositions(document, inFlowOrder(document))
  const grid: Grid = { cells: new Map(), taken: new Set() }
  let lastLine = -1
  for (const id of inFlowOrder(document)) {
    const into = document.edges.find((edge) => edge.target === id && grid.cells.has(edge.source))
    const before = into === undefined ? undefined : grid.cells.get(into.source)
    const below = into !== undefined && isSideDoor(into.sourcePort)
    const wanted = before === undefined ? { line: lastLine + 1, column: 0 } : { line: before.line, column: before.column + 1 }
    const cell = firstFreeCell(grid, wanted.line, wanted.column)
    grid.cells.set(id, { ...cell, below: below && cell.column > 0 })
    grid.taken.add(`${cell.line}/${cell.column}`)
    lastLine = Math.max(lastLine, cell.line)
  }
  const positions: Record<string, Position> = {}
  for (const [id, { line, column, below }] of grid.cells) {
    positions[id] = { x: column * COLUMN_WIDTH, y: line * LINE_HEIGHT + (below ? 100 : 0) }
  }
  return positions
}
