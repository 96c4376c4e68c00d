import { type Node, type NodeHandle, Position } from '@xyflow/react'
import type { NodeDescriptor } from '#schemas/node.ts'
import { CARD_WIDTH } from '#editor/model/placing.ts'
import { shownInputs, shownOutputs } from './shown-ports.ts'

/** More steps than this, and only those in the window are drawn. */
const LARGE = 150

export const isLarge = (steps: number): boolean => steps > LARGE

/** Pixels of step-card.module.css, with its borders. */
const HEAD = 54
const PORT = 26
const PORTS = 9
/** Real cards have whole heights: the first measuring of a card always differs from the guess, and is told. */
const NEVER_MEASURED = 0.25

type Guess = Pick<Node, 'measured' | 'handles'>

/**
 * Size and ports of a card that was not drawn yet. React Flow draws a card once to learn them, which for a thousand cards takes seconds; with
 * a guess only those in the window are drawn, and measured then.
 */
export function guessedShape(type: NodeDescriptor | undefined, config: Readonly<Record<string, unknown>>): Guess {
  const outputs = shownOutputs(type, { language: 'en', connected: [], counts: null, config })
  const named = outputs.length > 1
  const handle = (id: string, side: 'in' | 'out', y: number): NodeHandle => ({
    id,
    type: side === 'in' ? 'target' : 'source',
    position: side === 'in' ? Position.Left : Position.Right,
    x: side === 'in' ? 0 : CARD_WIDTH,
    y,
    width: 1,
    height: 1,
  })
  return {
    measured: { width: CARD_WIDTH, height: HEAD + (named ? PORTS + PORT * outputs.length : 0) + NEVER_MEASURED },
    handles: [
      ...shownInputs(type, []).map((name) => handle(name, 'in', HEAD / 2)),
      ...outputs.map(({ name }, index) => handle(name, 'out', named ? HEAD + PORTS / 2 + PORT * (index + 0.5) : HEAD / 2)),
    ],
  }
}

/** A measured card's real ports count from then on. */
export function withoutGuess(nodes: Node[], measured: ReadonlySet<string>): Node[] {
  if (measured.size === 0) return nodes
  return nodes.map((node) => {
    if (node.handles === undefined || !measured.has(node.id)) return node
    const { handles: _guessed, ...real } = node
    return real
  })
}
