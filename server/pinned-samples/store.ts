import type { Pool } from 'pg'
import type { PinnedSample } from '#schemas/preview.ts'
import type { PinnedSamples } from '#runtime/preview/samples.ts'
import { AppError, type Row } from '#runtime/sdk/index.ts'
import type { Box } from '#server/secrets/box.ts'
import { carry, meaningOfSource, openRows, readCarried, sealRows, type SamplePlace } from './sealed.ts'

/** What was read longer ago is read anew before it is pinned. */
const FRESH_MS = 3_600_000

interface Stored {
  readonly rows: readonly Row[]
  readonly meaning: string
  readonly at: string
}

/** The pinned samples of one workflow, for one preview. */
export interface OpenSamples extends PinnedSamples {
  /** By step. A source that the preview did not come to is taken to be as it was. */
  facts(): Record<string, PinnedSample>
}

// Who was erased after the rows were read must not come back with them.
const put = `
insert into pinned_sample (workspace_id, workflow_id, node_id, meaning, rows_enc)
select $1, $2, $3, $4, $5 where not exists (select 1 from erasure where workspace_id = $1 and at >= $6)
on conflict (workflow_id, node_id) do update set meaning = $4, rows_enc = $5, created_at = now()`

/** Rows that people pinned for the preview of a source, encrypted. No run ever reads them. */
export class PinnedSampleStore {
  readonly #pool: Pool
  readonly #box: Box

  /** `box`: purpose `pinned-sample`. */
  constructor(pool: Pool, box: Box) {
    this.#pool = pool
    this.#box = box
  }

  async open({ workspaceId, workflowId }: Omit<SamplePlace, 'nodeId'>): Promise<OpenSamples> {
    const { rows } = await this.#pool.query<{ node_id: string; meaning: string; rows_enc: Buffer; created_at: string }>(
      'select node_id, meaning, rows_enc, created_at from pinned_sample where workspace_id = $1 and workflow_id = $2',
      [workspaceId, workflowId],
    )
    const placeOf = (nodeId: string): SamplePlace => ({ workspaceId, workflowId, nodeId })
    const stored = new Map(
      rows.map(({ node_id: nodeId, meaning, rows_enc, created_at: at }): [string, Stored] => [
        nodeId,
        { rows: openRows(this.#box, placeOf(nodeId), rows_enc), meaning, at },
      ]),
    )
    const stale = new Set<string>()
    const at = new Date().toISOString()
    return {
      rowsOf: (source) => {
        const found = stored.get(source.node.id)
        if (found && found.meaning !== meaningOfSource(source)) stale.add(source.node.id)
        return found && !stale.has(source.node.id) ? found.rows : null
      },
      seal: (source, row) => carry(this.#box, placeOf(source.node.id), { at, meaning: meaningOfSource(source), row }),
      facts: () =>
        Object.fromEntries(
          [...stored].map(([id, sample]) => [id, { rows: sample.rows.length, at: sample.at, stale: stale.has(id) }]),
        ),
    }
  }

  /** Pins rows as a preview sealed them, in place of those that were. @throws AppError `sample-outdated` */
  async pin(place: SamplePlace, sealed: readonly string[], now: Date): Promise<void> {
    const carried = sealed.map((text) => readCarried(this.#box, place, text))
    const [first] = carried
    const oldest = Math.min(...carried.map(({ at }) => Date.parse(at)))
    if (!first || carried.some(({ meaning }) => meaning !== first.meaning) || now.getTime() - oldest > FRESH_MS)
      throw new AppError('sample-outdated', {})
    const rows = carried.map(({ row }) => row)
    const { rowCount } = await this.#pool.query(put, [
      place.workspaceId,
      place.workflowId,
      place.nodeId,
      first.meaning,
      sealRows(this.#box, place, rows),
      new Date(oldest),
    ])
    if (rowCount === 0) throw new AppError('sample-outdated', {})
  }

  /** Lets go of them; nothing pinned is fine. */
  async release({ workspaceId, workflowId, nodeId }: SamplePlace): Promise<void> {
    await this.#pool.query('delete from pinned_sample where workspace_id = $1 and workflow_id = $2 and node_id = $3', [
      workspaceId,
      workflowId,
      nodeId,
    ])
  }
}
