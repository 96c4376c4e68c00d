import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { Webhook } from '#schemas/api/webhooks.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Box } from '#server/secrets/box.ts'
import { makeSecret } from '#server/public-door/signature.ts'

interface Secret {
  readonly secret: string
  /** ISO; null: it is the one in use. */
  readonly until: string | null
}

interface Row {
  id: string
  workspace_id: string
  workflow_id: string
  node_id: string
  secrets_enc: Buffer
  created_at: string
  rotated_at: string | null
}

/** A webhook as the public door needs it. */
export interface OpenWebhook {
  readonly id: string
  readonly workspaceId: string
  readonly workflowId: string
  readonly nodeId: string
  /** Those that count now, the newest first. */
  readonly secrets: readonly string[]
}

/** So long the secret before still counts, so that the sender can be changed without a gap. */
const OVERLAP_HOURS = 24

export interface WebhooksDeps {
  readonly pool: Pool
  /** Seals the secrets. */
  readonly box: Box
  /** PUBLIC_URL without a slash at its end; null: there is no public door. */
  readonly publicUrl: string | null
  readonly now: () => Date
}

/** Addresses of workflows for services outside, each with its secrets. A secret is told once, when it is made. */
export class Webhooks {
  readonly #deps: WebhooksDeps

  constructor(deps: WebhooksDeps) {
    this.#deps = deps
  }

  /** The address of a step, made when it is first asked for. `secret` only then. */
  async make(
    place: { workspaceId: string; workflowId: string; nodeId: string },
    actor: string,
  ): Promise<Webhook & { secret?: string }> {
    const id = randomBytes(16).toString('base64url')
    const secret = makeSecret()
    const { rowCount } = await this.#deps.pool.query(
      `insert into webhook (id, workspace_id, workflow_id, node_id, secrets_enc, created_by) values ($1, $2, $3, $4, $5, $6)
       on conflict (workflow_id, node_id) do nothing`,
      [id, place.workspaceId, place.workflowId, place.nodeId, this.#seal(id, [{ secret, until: null }]), actor],
    )
    const [made] = (await this.list(place)).filter(({ nodeId }) => nodeId === place.nodeId)
    if (!made) throw new AppError('not-found', { what: 'webhook' })
    return rowCount ? { ...made, secret } : made
  }

  async list({ workspaceId, workflowId }: { workspaceId: string; workflowId: string }): Promise<Webhook[]> {
    const { rows } = await this.#deps.pool.query<Row>(
      'select * from webhook where workspace_id = $1 and workflow_id = $2 order by created_at, id',
      [workspaceId, workflowId],
    )
    return rows.map((row) => this.#shown(row))
  }

  /** A new secret; the one before counts for another day, older ones no more. @throws AppError `not-found` */
  async rotate(place: { workspaceId: string; workflowId: string; id: string }): Promise<Webhook & { secret: string }> {
    const row = await this.#row(place.id)
    if (row?.workspace_id !== place.workspaceId || row.workflow_id !== place.workflowId)
      throw new AppError('not-found', { what: 'webhook' })
    const now = this.#deps.now()
    const [current] = this.#secrets(row)
    const secret = makeSecret()
    const until = new Date(now.getTime() + OVERLAP_HOURS * 3_600_000).toISOString()
    const secrets: Secret[] = [{ secret, until: null }, ...(current ? [{ secret: current.secret, until }] : [])]
    // Only over the state that was read: of two people who press at once, one is told so.
    const { rows } = await this.#deps.pool.query<Row>(
      'update webhook set secrets_enc = $2, rotated_at = $3 where id = $1 and secrets_enc = $4 returning *',
      [row.id, this.#seal(row.id, secrets), now, row.secrets_enc],
    )
    if (!rows[0]) throw new AppError('stale-revision', {})
    return { ...this.#shown(rows[0]), secret }
  }

  /** By the id in its address; null: there is none, or its workflow is deleted. */
  async find(id: string): Promise<OpenWebhook | null> {
    const row = await this.#row(id)
    if (!row) return null
    const now = this.#deps.now().toISOString()
    const secrets = this.#secrets(row).flatMap(({ secret, until }) => (until === null || until > now ? [secret] : []))
    return { id, workspaceId: row.workspace_id, workflowId: row.workflow_id, nodeId: row.node_id, secrets }
  }

  async #row(id: string): Promise<Row | null> {
    const { rows } = await this.#deps.pool.query<Row>({
      name: 'webhook',
      text: `select h.* from webhook h join workflow w on w.id = h.workflow_id and w.workspace_id = h.workspace_id
        where h.id = $1 and w.deleted_at is null`,
      values: [id],
    })
    return rows[0] ?? null
  }

  #seal(id: string, secrets: readonly Secret[]): Buffer {
    return this.#deps.box.seal(JSON.stringify(secrets), `webhook:${id}`)
  }

  #secrets(row: Row): Secret[] {
    // Our own JSON, authenticated.
    return JSON.parse(this.#deps.box.open(row.secrets_enc, `webhook:${row.id}`).toString()) as Secret[]
  }

  #shown(row: Row): Webhook {
    const { publicUrl } = this.#deps
    const [, previous] = this.#secrets(row)
    const isCounting = previous?.until !== null && previous !== undefined && previous.until > this.#deps.now().toISOString()
    return {
      id: row.id,
      nodeId: row.node_id,
      path: `/hooks/${row.id}`,
      url: publicUrl === null ? null : `${publicUrl}/hooks/${row.id}`,
      createdAt: row.created_at,
      rotatedAt: row.rotated_at,
      previousUntil: isCounting ? previous.until : null,
    }
  }
}
