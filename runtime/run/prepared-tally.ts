import { isMessage, type Item } from './chunk.ts'
import type { PreparedChannel, PreparedFacts } from './guards.ts'
import type { Prepared, PreparedRow } from './prepare.ts'

/** Prices by kind; undefined: not known. */
type Prices = Readonly<Partial<Record<string, number>>> | undefined

/** With this an advertisement begins, in whatever brackets people write. */
const AD = /^\s*[([（【]\s*광고\s*[)\]）】]/

/** Counts what was prepared for each first channel, chunk by chunk. */
export class PreparedTally {
  readonly #channels: ChannelTally[] = []

  /** `nodeId`: the channel's node. Chunks are added to what it answers. */
  channel(nodeId: string, prices: Prices): ChannelTally {
    const tally = new ChannelTally(nodeId, prices)
    this.#channels.push(tally)
    return tally
  }

  facts(): PreparedFacts {
    const cost = this.#channels.reduce<number | null>(
      (sum, channel) => (sum === null || channel.cost === null ? null : sum + channel.cost),
      0,
    )
    return {
      missing: this.#channels.reduce((sum, { missing }) => sum + missing, 0),
      cost: cost === null ? null : Math.round(cost),
      ready: new Set(this.#channels.flatMap(({ ready }) => [...ready])).size,
      channels: this.#channels.map((channel) => channel.facts()),
    }
  }
}

/** What was prepared for one channel. */
export class ChannelTally {
  missing = 0
  cost: number | null = 0
  /** Numbers of those who get something over it. */
  readonly ready = new Set<number>()
  readonly #nodeId: string
  readonly #prices: Prices
  readonly #kinds = new Map<string, number>()
  readonly #cannot = new Map<string, number>()
  #ads = 0
  #longest: PreparedChannel['longest'] = null

  constructor(nodeId: string, prices: Prices) {
    this.#nodeId = nodeId
    this.#prices = prices
  }

  /** `seqs`: the rows' numbers, in the order of what was prepared. */
  add(seqs: readonly number[], prepared: Pick<Prepared, 'rows' | 'items'>): void {
    for (const [place, row] of prepared.rows.entries()) {
      if (!row.ready || hasEmptyValue(prepared.items?.[place])) this.missing++
      if (row.ready) this.#addText(row, seqs[place] ?? -1)
      else this.#cannot.set(row.code, (this.#cannot.get(row.code) ?? 0) + 1)
    }
  }

  #addText({ composed }: Extract<PreparedRow, { ready: true }>, seq: number): void {
    const { kind, parts, length } = composed
    this.ready.add(seq)
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1)
    const price = this.#prices?.[kind]
    this.cost = this.cost === null || price === undefined ? null : this.cost + price
    if (AD.test(parts.title ?? '') || AD.test(parts.body)) this.#ads++
    if (this.#longest === null || length.used > this.#longest.used)
      this.#longest = { used: length.used, limit: length.limit, unit: length.unit, kind }
  }

  facts(): PreparedChannel {
    const { kinds, cannot } = { kinds: Object.fromEntries(this.#kinds), cannot: Object.fromEntries(this.#cannot) }
    return { nodeId: this.#nodeId, kinds, cannot, ads: this.#ads, longest: this.#longest }
  }
}

function hasEmptyValue(item: Item | undefined): boolean {
  return item !== undefined && isMessage(item) && Object.values(item.variables).includes('')
}
