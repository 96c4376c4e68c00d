import type { Pool } from 'pg'
import type { Language } from '#schemas/localized.ts'
import type { MessageDetail } from '#schemas/message.ts'
import type { MessagePage, MessageQuery } from '#schemas/api/runs.ts'
import type { MessageState } from '#schemas/states.ts'
import type { Registry } from '#runtime/registry.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { KnownRuns } from '#server/runs/known-runs.ts'
import { readRunRow, readRunRowByNo, type PinnedRunRow } from '#server/runs/run-row.ts'
import { withoutKey, type OpenRun } from '#server/worker/open-runs.ts'
import { messageDetail } from './detail.ts'
import { messageKeyOf } from './find.ts'
import { toItems } from './item.ts'
import { pageOfMessages } from './page.ts'
import { searchInRun } from './search.ts'

export interface MessageDeps {
  readonly pool: Pool
  readonly registry: Pick<Registry, 'provider'>
  readonly known: KnownRuns
}

/** Who asks, in which language. */
export interface Reader {
  readonly workspaceId: string
  readonly actor: string
  readonly language: Language
}

/** Messages of runs: lists, one with everything, and the same unmasked. */
export class MessageService {
  readonly #deps: MessageDeps

  constructor(deps: MessageDeps) {
    this.#deps = deps
  }

  /** @throws AppError `not-found`, `part-down` when the run cannot be opened any more */
  async page(reader: Reader, runId: string, query: MessageQuery): Promise<MessagePage> {
    const row = await readRunRow(this.#deps.pool, { workspaceId: reader.workspaceId, runId })
    const open = await this.#open(row)
    const { limit = 50, cursor, state, node, address } = query
    if (address === undefined) {
      // Checked against the list of states with the request.
      const filter = { limit, cursor, node, state: state as MessageState | undefined }
      const { found, nextCursor } = await pageOfMessages(this.#deps.pool, open, filter)
      return { items: await this.#items(reader, { row, open }, found), nextCursor }
    }
    const nodeNo = node === undefined ? undefined : (open.plan.nodes[node]?.no ?? -1)
    const found = (await searchInRun(this.#deps.pool, open, address)).filter(
      (one) => (state === undefined || one.state === state) && (nodeNo === undefined || one.nodeNo === nodeNo),
    )
    // One address has a handful of messages in a run; more would be a mistake in the audience.
    return { items: await this.#items(reader, { row, open }, found.slice(0, limit)), nextCursor: null }
  }

  /** @throws AppError `not-found`, `part-down` */
  async read(reader: Reader, id: string): Promise<MessageDetail> {
    return this.#detail(reader, id, false)
  }

  /** The same unmasked; who asked is written down first. @throws AppError `not-found`, `part-down` */
  async reveal(reader: Reader, id: string): Promise<MessageDetail> {
    const detail = await this.#detail(reader, id, true)
    await this.#deps.pool.query(
      `insert into audit_event (workspace_id, actor, action, target_kind, target_id, data) values ($1, $2, 'reveal', 'message', $3, $4)`,
      [reader.workspaceId, reader.actor, id, JSON.stringify({ runId: detail.runId })],
    )
    return detail
  }

  async #detail(reader: Reader, id: string, revealed: boolean): Promise<MessageDetail> {
    const key = messageKeyOf(id)
    const row = await readRunRowByNo(this.#deps.pool, { workspaceId: reader.workspaceId, runNo: key.runNo }).catch(
      (error: unknown) => {
        throw error instanceof AppError ? new AppError('not-found', { what: 'message' }) : error
      },
    )
    const { pool, registry } = this.#deps
    return messageDetail(
      { pool, registry, language: reader.language },
      { run: { row, open: await this.#open(row) }, key, revealed },
    )
  }

  async #open(row: PinnedRunRow): Promise<OpenRun> {
    const open = await this.#deps.known.get(row.id)
    if (!open) throw new AppError('part-down', { part: row.workflow_name, detail: '' })
    return row.erased ? withoutKey(open) : open
  }

  #items(reader: Reader, { row, open }: { row: PinnedRunRow; open: OpenRun }, found: Parameters<typeof toItems>[2]) {
    const { pool, registry } = this.#deps
    return toItems({ pool, registry, language: reader.language }, { runId: row.id, pinned: row.pinned, open }, found)
  }
}
