import { createFlow } from '#runtime/flow/flow.ts'
import { numberOf } from '#runtime/flow/recipient.ts'
import { portsOf } from '#runtime/ports.ts'
import { AppError, type ChannelSpec, type Composed, type Row } from '#runtime/sdk/index.ts'
import { readAddress } from './address.ts'
import { itemsOf, placeOf, rowOf, type Item } from './chunk.ts'
import { FlowCounter } from './counter.ts'
import { errorCode, storedCode } from './error-code.ts'
import { freezeReads, type Frozen } from './frozen-reads.ts'
import type { Answers, NodeCount, ReadCost, TakenChunk } from './ledger.ts'
import type { Sender } from './sender.ts'

/** A row of a chunk on its way out: a text and an address, or why there is none. */
export type PreparedRow =
  | { readonly ready: true; readonly item: Item; readonly composed: Composed; readonly to: string }
  | { readonly ready: false; readonly item: Item; readonly state: 'failed' | 'skipped'; readonly code: string }

export interface Prepared {
  /** In the order of the chunk. */
  readonly rows: readonly PreparedRow[]
  readonly hashes: readonly (number | null)[]
  /** Asked now, to be frozen before the claim; null: nothing was asked. */
  readonly asked: Answers | null
  readonly counts: readonly NodeCount[]
  readonly reads: readonly ReadCost[]
}

/** Opened once a lane: the stage's nodes between the chunk and its channel, and the channel's composer. */
export type Prepare = (chunk: Pick<TakenChunk, 'rows' | 'answers'>) => Promise<Prepared>

type Leaving = { readonly item: Item } | { readonly item: Item; readonly state: 'failed' | 'skipped'; readonly code: string }

/** Opens a send stage's row nodes and its channel. The same function makes texts for the call and for whoever reads them later. */
export async function openPrepare(
  sender: Pick<Sender, 'plan' | 'stage' | 'context'> & { ledger: Pick<Sender['ledger'], 'hash'> },
): Promise<Prepare> {
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
    const walked = await walk(chunk)
    const normals: (string | null)[] = []
    const rows = walked.leaving.map((leaving): PreparedRow => {
      const address = readAddress(channel.addressKind, rowOf(leaving.item)[addressColumn])
      normals.push(address instanceof AppError ? null : address.normal)
      if ('state' in leaving) return { ready: false, ...leaving }
      if (address instanceof AppError) return { ready: false, item: leaving.item, state: 'failed', code: address.code }
      const composed = compose(composer, leaving.item)
      if (composed instanceof AppError) return { ready: false, item: leaving.item, state: 'failed', code: storedCode(composed) }
      return { ready: true, item: leaving.item, composed, to: address.to }
    })
    return {
      rows,
      hashes: sender.ledger.hash(channel.addressKind, normals),
      asked: walked.asked,
      counts: walked.counts,
      reads: walked.reads,
    }
  }
}

function compose(composer: ReturnType<ChannelSpec<unknown>['open']>, item: Item): Composed | AppError {
  try {
    return composer.compose(item)
  } catch (error) {
    // A composer returns its errors; one that throws has a bug that concerns this row, not the thousand beside it.
    return new AppError('node-failed', { detail: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
}

type Walk = (
  chunk: Pick<TakenChunk, 'rows' | 'answers'>,
) => Promise<Pick<Prepared, 'asked' | 'counts' | 'reads'> & { leaving: readonly Leaving[] }>

async function openWalk(sender: Pick<Sender, 'plan' | 'stage' | 'context'>): Promise<Walk> {
  const { stage } = sender
  if (stage.nodes.length === 0)
    return async (chunk) => ({ leaving: itemsOf(chunk.rows).map((item) => ({ item })), asked: null, counts: [], reads: [] })
  const frozen: Frozen = { play: null, seqs: [], kept: {} }
  const counter = new FlowCounter(sender.plan)
  let places: (Leaving | undefined)[] = []
  const put = (row: Row, leaving: Leaving): void => void (places[placeOf(frozen.seqs, numberOf(row) ?? -1)] = leaving)
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
  const takesRows = first !== undefined && portsOf(first.type).in[stage.entry.toPort]?.kind !== 'messages'
  return async (chunk) => {
    const items = itemsOf(chunk.rows)
    places = Array.from<Leaving | undefined>({ length: items.length })
    frozen.play = chunk.answers
    frozen.seqs = chunk.rows.seqs
    frozen.kept = {}
    await flow.push(stage.entry.to, stage.entry.toPort, takesRows ? items.map(rowOf) : items)
    const leaving = items.map((item, index): Leaving => places[index] ?? lost(item))
    return { leaving, asked: Object.keys(frozen.kept).length > 0 ? frozen.kept : null, ...counter.drain() }
  }
}

/** A node swallowed the row; the flow refuses that already, so nobody is lost silently even if it ever does not. */
function lost(item: Item): Leaving {
  return { item, state: 'failed', code: errorCode('node-failed', 'lost') }
}
