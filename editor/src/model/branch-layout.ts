import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Position } from './change.ts'
import { COLUMN_WIDTH } from './placing.ts'

/** Estimated heights of a card's parts, pixels: its head and foot, and each way out that has a name. */
const CARD = 84
const WAY = 26
/** Between two lanes: room for the words at a line. */
const GAP = 44

/** Do ways part or meet in it? Then it reads in lanes, one below the other, and not in lines of text. */
export function isBranched({ edges }: WorkflowDocument, isSideDoor: (port: string) => boolean): boolean {
  const onward = edges.filter(({ sourcePort }) => !isSideDoor(sourcePort))
  const parts = [...Map.groupBy(onward, ({ source }) => source).values()].some(
    (lines) => new Set(lines.map(({ target }) => target)).size > 1,
  )
  return (
    parts ||
    [...Map.groupBy(edges, ({ target, targetPort }) => `${target} ${targetPort}`).values()].some(({ length }) => length > 1)
  )
}

/**
 * Positions in lanes: each step stands right of all that lead into it; the first way out of a step goes on in its lane, each other one in a
 * new lane below, and where ways meet they go on in the uppermost. `order`: the steps as rows reach them, a chain together.
 */
export function lanePositions(document: WorkflowDocument, order: readonly string[]): Record<string, Position> {
  const cells = new Map<string, { column: number; lane: number }>()
  const taken = new Set<string>()
  let lowest = -1
  for (const id of order) {
    const before = document.edges.flatMap((edge) => (edge.target === id ? (cells.get(edge.source) ?? []) : []))
    const column = Math.max(-1, ...before.map((cell) => cell.column)) + 1
    const wanted = before.length === 0 ? lowest + 1 : Math.min(...before.map(({ lane }) => lane))
    const lane = isFree(taken, { column, lane: wanted }) && isFirst(document, cells, id) ? wanted : Math.max(lowest + 1, wanted)
    cells.set(id, { column, lane })
    taken.add(`${column}/${lane}`)
    lowest = Math.max(lowest, lane)
  }
  const tops = topsOf(document, cells)
  return Object.fromEntries([...cells].map(([id, { column, lane }]) => [id, { x: column * COLUMN_WIDTH, y: tops[lane] ?? 0 }]))
}

function isFree(taken: ReadonlySet<string>, { column, lane }: { column: number; lane: number }): boolean {
  return !taken.has(`${column}/${lane}`)
}

/** Does nothing else go on from the step that leads here, in the same lane? A step where ways meet counts as first. */
function isFirst({ edges }: WorkflowDocument, cells: ReadonlyMap<string, unknown>, id: string): boolean {
  const into = edges.filter(({ target, source }) => target === id && cells.has(source))
  if (into.length !== 1) return true
  return !edges.some(({ source, target }) => source === into[0]?.source && target !== id && cells.has(target))
}

/** Where each lane begins: below the highest card of the one before. */
function topsOf(document: WorkflowDocument, cells: ReadonlyMap<string, { lane: number }>): number[] {
  const heights: number[] = []
  for (const [id, { lane }] of cells) heights[lane] = Math.max(heights[lane] ?? 0, heightOf(document, id))
  const tops: number[] = []
  let top = 0
  for (const height of heights) {
    tops.push(top)
    top += (height ?? CARD) + GAP
  }
  return tops
}

function heightOf({ nodes, edges }: WorkflowDocument, id: string): number {
  const used = new Set(edges.filter(({ source }) => source === id).map(({ sourcePort }) => sourcePort)).size
  // Ways that the person named stand on the card, connected or not.
  const lists = Object.values(nodes.find((node) => node.id === id)?.config ?? {}).filter((value) => Array.isArray(value))
  const named = Math.max(0, ...lists.map((list) => list.length))
  return CARD + (used > 1 ? WAY * (Math.max(used, named) + 1) : 0)
}
