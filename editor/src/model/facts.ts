import type { Column } from '#schemas/column.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import { SUB_WORKFLOW } from '#schemas/sub-workflow.ts'
import type { RunNode } from '#schemas/run.ts'

/** One figure at the foot of a card: which word goes with which number. */
export interface Fact {
  readonly word: 'rows' | 'people' | 'columns' | 'leftOut' | 'statements' | 'messages'
  readonly count: number
}

export interface Seen {
  readonly type: Pick<NodeDescriptor, 'role'> & Partial<Pick<NodeDescriptor, 'type'>>
  /** The last run's counters of this step. */
  readonly run: RunNode | null
  readonly columnsOut: readonly Column[] | null
}

const total = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, count) => sum + count, 0)

const leftOut = (count = 0): Fact[] => (count > 0 ? [{ word: 'leftOut', count }] : [])

/** What is known of a step, at most two figures: real counts of the last run first, else the shape of its rows. Never a zero for "unknown". */
export function factsOf(seen: Seen): Fact[] {
  const facts: Fact[] = []
  const { type, run } = seen
  if (run !== null && type.role !== 'trigger') {
    // Who came to a merge once more went on before.
    const { failed: _failed, joined = 0, ...through } = run.out
    const out = total(through)
    const came = run.in - joined
    if (type.role === 'channel') facts.push({ word: 'messages', count: run.in })
    else if (type.role === 'source') facts.push({ word: 'rows', count: out })
    // A workflow inside may send to people and let them go nowhere: who came in is what counts.
    else if (type.type === SUB_WORKFLOW) facts.push({ word: 'people', count: run.in }, ...leftOut(run.out.skipped))
    // A step that lets everybody through has nothing to tell.
    else if (came > out) facts.push({ word: 'people', count: out }, { word: 'leftOut', count: came - out })
    else if (run.statements !== undefined)
      facts.push({ word: 'people', count: out }, { word: 'statements', count: run.statements })
  }
  // What a step adds is in its own line already; of a source the shape is the fact.
  if (type.role === 'source' && seen.columnsOut !== null) facts.push({ word: 'columns', count: seen.columnsOut.length })
  return facts
}
