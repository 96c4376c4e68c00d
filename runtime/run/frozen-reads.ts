import type { Plan, PlanNode } from '#runtime/compile/plan.ts'
import { numberOf } from '#runtime/flow/recipient.ts'
import {
  restoreError,
  type Batch,
  type NodeContext,
  type NodeType,
  type OpenNode,
  type Outputs,
  type Row,
  type Value,
} from '#runtime/sdk/index.ts'
import { isMessage, placeOf } from './chunk.ts'
import type { Answers, NodeAnswers } from './ledger.ts'

/** What the asking nodes of a stage do for the chunk at hand: play frozen answers, or ask and keep what came. */
export interface Frozen {
  /** Answers found beside the chunk; null: ask. */
  play: Answers | null
  /** Recipients' numbers of the chunk, ascending. */
  seqs: readonly number[]
  /** What was asked since. */
  kept: Record<string, NodeAnswers>
}

/**
 * The same plan, with each asking node wrapped: an answer is asked once, frozen beside the chunk, and whoever takes the chunk over
 * (retry, recovery, fallback, a person who wants to see the text) gets the same one.
 */
export function freezeReads(plan: Plan, reads: readonly string[], frozen: Frozen): Plan {
  const nodes = { ...plan.nodes }
  for (const id of reads) {
    const node = nodes[id]
    if (node) nodes[id] = { ...node, type: wrap(node, frozen) }
  }
  return { ...plan, nodes }
}

function wrap(node: PlanNode, frozen: Frozen): NodeType {
  const { type } = node
  const port = Object.keys(type.ports.out).find((name) => name !== 'failed') ?? 'rows'
  const open = async (config: never, context: NodeContext): Promise<OpenNode> => {
    let inner: OpenNode | null = null
    return {
      async process(batch: Batch): Promise<Outputs> {
        const answers = frozen.play?.[node.id]
        if (answers) return replay(batch, { answers, seqs: frozen.seqs, port })
        inner ??= type.open ? await type.open(config, context) : null
        const out = inner ? await inner.process(batch) : ((await type.process?.(batch, config, context)) ?? {})
        frozen.kept[node.id] = keep(batch, out, frozen.seqs)
        return out
      },
    }
  }
  const wrapped: NodeType = { ...type, open }
  delete wrapped.process // `open` speaks for both
  return wrapped
}

function replay(batch: Batch, { answers, seqs, port }: { answers: NodeAnswers; seqs: readonly number[]; port: string }): Outputs {
  const failedAt = new Map(answers.failed)
  const rows: Row[] = []
  const failed: { row: Row; error: ReturnType<typeof restoreError> }[] = []
  for (const row of batch) {
    const place = placeOf(seqs, numberOf(row) ?? -1)
    const error = failedAt.get(place)
    if (error) failed.push({ row, error: restoreError(error) })
    else rows.push(withAnswers(row, answers, place))
  }
  // A port of the node's own beside `failed`: what its type says of outputs.
  return { [port]: rows, failed } as Outputs
}

function withAnswers(row: Row, answers: NodeAnswers, place: number): Row {
  const added: Record<string, Value> = {}
  answers.names.forEach((name, column) => (added[name] = answers.columns[column]?.[place] ?? null))
  return { ...row, ...added } // the spread keeps the recipient's number
}

/** What the node added or changed, by place in the chunk. */
function keep(batch: Batch, out: Outputs, seqs: readonly number[]): NodeAnswers {
  const before = new Map(batch.map((row) => [numberOf(row), row]))
  const after = new Map<number, Row>()
  for (const [port, items] of Object.entries(out)) {
    if (port === 'failed' || port === 'skipped' || !items) continue
    // Only `failed` and `skipped` hold something else than rows and messages.
    for (const item of items as readonly Row[]) {
      const row = isMessage(item) ? item.row : item
      after.set(placeOf(seqs, numberOf(row) ?? -1), row)
    }
  }
  const names = new Set<string>()
  for (const row of after.values()) {
    const old = before.get(numberOf(row)) ?? {}
    for (const name of Object.keys(row)) if (!Object.hasOwn(old, name) || old[name] !== row[name]) names.add(name)
  }
  const failed = (out.failed ?? []).map(({ row, error }) => [placeOf(seqs, numberOf(row) ?? -1), error.toJSON()] as const)
  const columns = [...names].map((name) => seqs.map((_, place) => after.get(place)?.[name] ?? null))
  return { names: [...names], columns, failed }
}

/** The answers of some rows of a chunk: what a retry of those rows takes along. */
export function pickAnswers(answers: Answers | null, places: readonly number[]): Answers | null {
  if (!answers) return null
  const renumbered = new Map(places.map((place, index) => [place, index]))
  return Object.fromEntries(
    Object.entries(answers).map(([id, one]) => [
      id,
      {
        names: one.names,
        columns: one.columns.map((column) => places.map((place) => column[place] ?? null)),
        failed: one.failed.flatMap(([place, error]) => {
          const index = renumbered.get(place)
          return index === undefined ? [] : [[index, error] as const]
        }),
      },
    ]),
  )
}
