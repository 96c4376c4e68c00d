import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { AppError } from '#runtime/sdk/index.ts'
import { withClient } from '#server/ledger/with-client.ts'

/** A request that says by its `Idempotency-Key` that it may come twice and means one thing. */
export interface KeyedRequest {
  readonly workspaceId: string
  /** What is asked for, as `execute:<workflow id>`: keys of different calls have nothing to do with each other. */
  readonly scope: string
  readonly key: string
  readonly body: unknown
}

const KEPT_HOURS = 24

/** The header's value, checked. Null: there is none. @throws AppError `invalid-request` */
export function idempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null
  if (typeof header === 'string' && /^[\x21-\x7e]{1,255}$/.test(header)) return header
  throw new AppError('invalid-request', { detail: 'Idempotency-Key: 1…255 ASCII' })
}

const hashOf = (body: unknown): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(body ?? null))
    .digest()

interface Kept {
  readonly answer: unknown
  readonly same: boolean
}

function answerOf(kept: Kept): unknown {
  if (!kept.same) throw new AppError('idempotency-key-reused', {})
  return kept.answer
}

/** What this request was answered the first time; null: it is the first time. @throws AppError `idempotency-key-reused` */
export async function answeredBefore(
  client: Pool | PoolClient,
  { workspaceId, scope, key, body }: KeyedRequest,
): Promise<unknown> {
  const { rows } = await client.query<Kept>(
    `select answer, body_hash = $4 as same from request_key
     where workspace_id = $1 and scope = $2 and key = $3 and created_at > now() - make_interval(hours => ${KEPT_HOURS})`,
    [workspaceId, scope, key, hashOf(body)],
  )
  return rows[0] ? answerOf(rows[0]) : null
}

/**
 * Does a thing once per key, within 24 hours: what `work` writes through its client and the remembered answer are one transaction, so neither
 * a crash nor two requests at the same moment do it twice. What throws is not remembered.
 * @throws AppError `idempotency-key-reused` when the key came with another body before
 */
export async function oncePerKey<T>(pool: Pool, request: KeyedRequest, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const { workspaceId, scope, key, body } = request
  return withClient(pool, async (client) => {
    await client.query('begin')
    await client.query(
      `delete from request_key where workspace_id = $1 and created_at <= now() - make_interval(hours => ${KEPT_HOURS})`,
      [workspaceId],
    )
    // One that is under way with the same key is waited for here.
    const { rowCount } = await client.query(
      `insert into request_key (workspace_id, scope, key, body_hash, answer) values ($1, $2, $3, $4, 'null') on conflict do nothing`,
      [workspaceId, scope, key, hashOf(body)],
    )
    if (!rowCount) {
      const before = await answeredBefore(client, request)
      await client.query('rollback')
      // Stored below by a call of the same scope, so it is of its type.
      return before as T
    }
    const answer = await work(client)
    await client.query(`update request_key set answer = $4 where workspace_id = $1 and scope = $2 and key = $3`, [
      workspaceId,
      scope,
      key,
      JSON.stringify(answer),
    ])
    await client.query('commit')
    return answer
  })
}
