import type { Pool } from 'pg'
import type { Plan } from '#runtime/compile/plan.ts'
import type { Registry } from '#runtime/registry.ts'
import { kindsOf, pricesOf, type Prices } from '#runtime/sdk/prices.ts'
import type { Pinned } from '#schemas/pinned.ts'

export interface PriceDeps {
  readonly pool: Pool
  readonly registry: Pick<Registry, 'provider'>
}

/** A channel of a version, as far as it decides what a message costs. */
export interface PricedChannel {
  readonly channel: string
  readonly connectionId: string
  /** The connection's kind when it was pinned. */
  readonly kind: string
}

/** Null: the node is no channel. */
export function channelAt(nodeId: string, { plan, pinned }: { plan: Plan; pinned: Pinned }): PricedChannel | null {
  const node = plan.nodes[nodeId]
  const channel = node?.type.channel
  if (!node || !channel) return null
  const connectionId = channel.connection(node.config)
  return { channel: channel.name, connectionId, kind: pinned.connections[connectionId]?.kind ?? '' }
}

/** The one price of a channel's messages today; null: not known, or different by length, which counters do not tell. */
export type PriceToday = (channel: PricedChannel) => number | null

/** Reads what messages cost today: by the settings of the connections, then by their providers. */
export async function readPrices(
  { pool, registry }: PriceDeps,
  of: { workspaceId: string; channels: readonly (PricedChannel | null)[] },
): Promise<PriceToday> {
  const ids = [...new Set(of.channels.flatMap((channel) => channel?.connectionId ?? []))]
  // A connection that was deleted keeps its price: its messages did cost it.
  const { rows } = ids.length
    ? await pool.query<{ id: string; settings: unknown }>({
        name: 'connection-prices',
        text: 'select id, settings from connection where workspace_id = $1 and id = any($2)',
        values: [of.workspaceId, ids],
      })
    : { rows: [] }
  const settings = new Map(rows.map((row) => [row.id, row.settings]))
  return ({ channel, connectionId, kind }) => onePrice(channel, pricesOf(registry.provider(kind), settings.get(connectionId)))
}

function onePrice(channel: string, prices: Prices | undefined): number | null {
  const known = new Set(kindsOf(channel).map((kind) => prices?.[kind]))
  const [price] = known
  return known.size === 1 && price !== undefined ? price : null
}
