import type { Readable } from 'node:stream'
import type { Pool } from 'pg'
import type { Language } from '#schemas/localized.ts'
import type { MessageDetail, MessageItem } from '#schemas/message.ts'
import type { ExportQuery, MessagePage, MessageQuery } from '#schemas/api/runs.ts'
import type { MessageState } from '#schemas/states.ts'
import type { Registry } from '#runtime/registry.ts'
import { pinnedGraph } from '#runtime/inner/pinned.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { KnownRuns } from '#server/runs/known-runs.ts'
import { readRunRow, readRunRowByNo, type PinnedRunRow } from '#server/runs/run-row.ts'
import { withoutKey, type OpenRun } from '#server/worker/open-runs.ts'
import { messageDetail } from './detail.ts'
import { messageTable } from './export-table.ts'
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

/** Messages that are read at once for a file. */
const EXPORT_PAGE = 1_000

export interface ExportFile {
  readonly name: string
  readonly content: Readable
}

/** Messages of runs: lists, files, one with everything, and the same unmasked. */
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

  /**
   * All messages of a run as a file for a spreadsheet; unmasked ones are written down with who asked before anything is read.
   * @throws AppError `not-found`, `part-down`
   */
  async export(reader: Reader, runId: string, { state, node, personal = false }: ExportQuery): Promise<ExportFile> {
    const { pool } = this.#deps
    const row = await readRunRow(pool, { workspaceId: reader.workspaceId, runId })
    const open = await this.#open(row)
    if (personal)
      await pool.query(
        `insert into audit_event (workspace_id, actor, action, target_kind, target_id) values ($1, $2, 'export', 'run', $3)`,
        [reader.workspaceId, reader.actor, runId],
      )
    // Checked against the list of states with the request.
    const filter = { node, state: state as MessageState | undefined }
    const items = (found: Parameters<typeof toItems>[2]) => this.#items({ ...reader, revealed: personal }, { row, open }, found)
    async function* pages(): AsyncGenerator<readonly MessageItem[]> {
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await pageOfMessages(pool, open, { ...filter, limit: EXPORT_PAGE, cursor })
        yield await items(page.found)
        cursor = page.nextCursor
      }
    }
    const { rows } = await pool.query<{ timezone: string }>('select timezone from workspace where id = $1', [reader.workspaceId])
    const title = (nodeId: string): string => {
      const found = open.plan.nodes[nodeId]
      return pinnedGraph(row.pinned).nodes.find(({ id }) => id === nodeId)?.label ?? found?.type.title[reader.language] ?? nodeId
    }
    const words = { language: reader.language, timezone: rows[0]?.timezone ?? 'UTC', step: title }
    return { name: `${row.workflow_name} #${row.number}.csv`, content: messageTable(pages(), words) }
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

  #items(
    reader: Reader & { readonly revealed?: boolean },
    { row, open }: { row: PinnedRunRow; open: OpenRun },
    found: Parameters<typeof toItems>[2],
  ) {
    const { pool, registry } = this.#deps
    const { language, revealed = false } = reader
    return toItems({ pool, registry, language, revealed }, { runId: row.id, pinned: row.pinned, open }, found)
  }
}
