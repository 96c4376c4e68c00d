import { createFlow } from '#runtime/flow/flow.ts'
import { numberOf } from '#runtime/flow/recipient.ts'
import { portsOf } from '#runtime/ports.ts'
import { AppError, type ChannelSpec, type Composed, type Row } from '#runtime/sdk/index.ts'
import { readAddress, type Address } from './address.ts'
import { itemsOf, placeOf, rowOf, type Item } from './chunk.ts'
import { FlowCounter } from './counter.ts'
import { errorCode, storedCode } from './error-code.ts'
import { freezeReads, type Frozen } from './frozen-reads.ts'
import type { Answers, NodeCount, ReadCost, TakenChunk } from './ledger.ts'
import type { Sender } from './sender.ts'

/** A row of a chunk on its way out: a text and an address, or why there is none. */
export type PreparedRow =
  | { readonly ready: true; readonly composed: Composed; readonly to: string }
  | { readonly ready: false; readonly state: 'failed' | 'skipped'; readonly code: string }

export interface Prepared {
  /** In the order of the chunk. */
  readonly rows: readonly PreparedRow[]
  /** What the rows became on their way to the channel, in the same order; null: nobody wanted to have them. */
  readonly items: readonly Item[] | null
  readonly hashes: readonly (number | null)[]
  /** Asked now, to be frozen before the claim; null: nothing was asked. */
  readonly asked: Answers | null
  readonly counts: readonly NodeCount[]
  readonly reads: readonly ReadCost[]
}

/** Opened once a lane: the stage's nodes between the chunk and its channel, and the channel's composer. */
export type Prepare = (chunk: Pick<TakenChunk, 'rows' | 'answers'>) => Promise<Prepared>

/**
 * Rows that walk together. What a step makes of them is gone before the next ones come: of a whole chunk's rows, messages and texts at
 * once the garbage collector would carry most from one generation to the next, which cost a third of all the time.
 */
const STEP = 100

interface Opening extends Pick<Sender, 'plan' | 'stage' | 'context'> {
  readonly ledger: Pick<Sender['ledger'], 'hash'>
}

/**
 * Opens a send stage's row nodes and its channel. The same function makes texts for the call and for whoever reads them later.
 * `items`: are the rows themselves wanted too (something follows the channel, or a person looks)?
 */
export async function openPrepare(sender: Opening, { items: wanted }: { items: boolean } = { items: true }): Promise<Prepare> {
  const { stage, plan } = sender
  const node = plan.nodes[stage.channel]
  const channel = node?.type.channel
  if (!node || !channel) throw new Error(`The plan has no channel ${stage.channel}`)
  const composer = channel.open(
    node.config,
    sender.context(stage.channel, () => {}),
  )
  const walk = await openWalk(sender)
  const addressColumn = channel.address(node.config)
  return async (chunk) => {
    const rows: PreparedRow[] = []
    const normals: (string | null)[] = []
    const items: Item[] | null = wanted ? [] : null
    const walked = await walk(chunk, (leaving) => {
      const address = readAddress(channel.addressKind, rowOf(leaving.item)[addressColumn])
      normals.push(address instanceof AppError ? null : address.normal)
      items?.push(leaving.item)
      rows.push(prepareRow(composer, { leaving, address }))
    })
    return { rows, items, hashes: sender.ledger.hash(channel.addressKind, normals), ...walked }
  }
}

type Leaving = { readonly item: Item } | { readonly item: Item; readonly state: 'failed' | 'skipped'; readonly code: string }
type Composer = ReturnType<ChannelSpec<unknown>['open']>

function prepareRow(composer: Composer, { leaving, address }: { leaving: Leaving; address: Address | AppError }): PreparedRow {
  if ('state' in leaving) return { ready: false, state: leaving.state, code: leaving.code }
  if (address instanceof AppError) return { ready: false, state: 'failed', code: address.code }
  const composed = compose(composer, leaving.item)
  if (composed instanceof AppError) return { ready: false, state: 'failed', code: storedCode(composed) }
  return { ready: true, composed, to: address.to }
}

function compose(composer: Composer, item: Item): Composed | AppError {
  try {
    return composer.compose(item)
  } catch (error) {
    // A composer returns its errors; one that throws has a bug that concerns this row, not the thousand beside it.
    return new AppError('node-failed', { detail: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
}

type Walk = (
  chunk: Pick<TakenChunk, 'rows' | 'answers'>,
  /** Called for each row of the chunk, in order. */
  leave: (leaving: Leaving) => void,
) => Promise<Pick<Prepared, 'asked' | 'counts' | 'reads'>>

async function openWalk(sender: Opening): Promise<Walk> {
  const { stage } = sender
  if (stage.nodes.length === 0)
    return async (chunk, leave) => {
      for (const item of itemsOf(chunk.rows)) leave({ item })
      return { asked: null, counts: [], reads: [] }
    }
  const frozen: Frozen = { play: null, seqs: [], kept: {} }
  const counter = new FlowCounter(sender.plan)
  /** By place in the chunk; only of the rows at hand. */
  let left: (Leaving | undefined)[] = []
  const put = (row: Row, leaving: Leaving): void => void (left[placeOf(frozen.seqs, numberOf(row) ?? -1)] = leaving)
  const flow = await createFlow({
    plan: freezeReads(sender.plan, stage.reads, frozen),
    nodes: stage.nodes,
    wires: stage.wires,
    outlets: stage.wires.filter((wire) => wire.to === stage.channel),
    context: (nodeId) => sender.context(nodeId, (cost) => counter.read(nodeId, cost)),
    sinks: {
      outlet: (_from, _port, items) => items.forEach((item) => put(rowOf(item), { item })),
      failed: (_node, rows) =>
        rows.forEach(({ row, error }) => put(row, { item: row, state: 'failed', code: storedCode(error) })),
      skipped: (_node, rows) => rows.forEach(({ row, reason }) => put(row, { item: row, state: 'skipped', code: reason })),
      count: (nodeId, port, rows) => counter.count(nodeId, port, rows),
    },
  })
  const first = sender.plan.nodes[stage.entry.to]
  const takesRows = first !== undefined && portsOf(first.type).in[stage.entry.toPort]?.kind === 'rows'
  return async (chunk, leave) => {
    const { seqs } = chunk.rows
    frozen.play = chunk.answers
    frozen.seqs = seqs
    frozen.kept = {}
    left = Array.from<Leaving | undefined>({ length: seqs.length })
    // Whoever asks asks once for the whole chunk.
    const step = stage.reads.length > 0 && !chunk.answers ? Math.max(1, seqs.length) : STEP
    for (let from = 0; from < seqs.length; from += step) {
      const to = Math.min(seqs.length, from + step)
      const items = itemsOf(chunk.rows, from, to)
      await flow.push(stage.entry.to, stage.entry.toPort, takesRows ? items.map(rowOf) : items)
      for (let place = from; place < to; place++) {
        leave(left[place] ?? lost(items[place - from] as Item))
        left[place] = undefined
      }
    }
    return { asked: Object.keys(frozen.kept).length > 0 ? frozen.kept : null, ...counter.drain() }
  }
}

/** A node swallowed the row; the flow refuses that already, so nobody is lost silently even if it ever does not. */
function lost(item: Item): Leaving {
  return { item, state: 'failed', code: errorCode('node-failed', 'lost') }
}
