import type { Column } from '#schemas/column.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { PreviewNode } from '#schemas/preview.ts'
import type { RunNode } from '#schemas/run.ts'

/** One figure at the foot of a card: which word goes with which number. */
export interface Fact {
  readonly word: 'rows' | 'people' | 'columns' | 'addedColumns' | 'leftOut' | 'statements' | 'messages' | 'sample' | 'failed'
  readonly count: number
}

export interface Seen {
  readonly type: Pick<NodeDescriptor, 'role' | 'type' | 'ports' | 'effect'>
  /** The last run's counters of this step. */
  readonly run: RunNode | null
  readonly preview: PreviewNode | null
  readonly columnsIn: readonly Column[] | null
  readonly columnsOut: readonly Column[] | null
}

const total = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** What is known of a step, at most two figures: real counts of the last run first, else the shape of its rows. Never a zero for "unknown". */
export function factsOf(seen: Seen): Fact[] {
  const facts: Fact[] = []
  const { type, run } = seen
  if (run !== null && type.role !== 'trigger') {
    const { failed: _failed, ...through } = run.out
    const out = total(through)
    if (type.role === 'channel') facts.push({ word: 'messages', count: run.in })
    else if (type.role === 'source') facts.push({ word: 'rows', count: out })
    // A step that lets everybody through has nothing to tell.
    else if (run.in > out) facts.push({ word: 'people', count: out }, { word: 'leftOut', count: run.in - out })
    else if (run.statements !== undefined)
      facts.push({ word: 'people', count: out }, { word: 'statements', count: run.statements })
  }
  if (facts.length < 2 && (type.role === 'source' || (type.effect === 'read' && facts.length === 0))) {
    const shape = shapeFact(seen)
    if (shape !== null) facts.push(shape)
  }
  if (facts.length === 0 && seen.preview !== null && seen.preview.skipped.length > 0) {
    facts.push({ word: 'leftOut', count: seen.preview.skipped.length })
  }
  return facts
}

function shapeFact({ type, columnsIn, columnsOut }: Seen): Fact | null {
  if (columnsOut === null) return null
  if (type.role === 'source') return { word: 'columns', count: columnsOut.length }
  if (columnsIn === null) return null
  const before = new Set(columnsIn.map(({ name }) => name))
  const added = columnsOut.filter(({ name }) => !before.has(name)).length
  return added > 0 ? { word: 'addedColumns', count: added } : null
}
