import type { Pool } from 'pg'

/** So long a key stands for what came with it. */
export const KEPT_HOURS = 24

/** A key, and the hash of what came with it. */
export interface ParcelKey {
  readonly scope: string
  readonly key: string
  readonly bodyHash: Buffer
}

/** What came with a key before. */
export interface TakenKey {
  readonly runId: string
  readonly runNo: number
  /** Number of its first row; 0: a run of its own was started. */
  readonly seq: number
  readonly n: number
  /** The same came with it. */
  readonly same: boolean
}

export const nameOf = ({ scope, key }: Pick<ParcelKey, 'scope' | 'key'>): string => `${scope}\n${key}`

/** What is known of these keys, by `nameOf`. Keys whose time is over are forgotten here. */
export async function readTakenKeys(pool: Pool, workspaceId: string, keys: readonly ParcelKey[]): Promise<Map<string, TakenKey>> {
  if (keys.length === 0) return new Map()
  const { rows } = await pool.query<{
    scope: string
    key: string
    run_id: string
    run_no: string
    seq: number
    n: number
    same: boolean
    old: boolean
  }>({
    name: 'taken-keys',
    text: `select k.scope, k.key, k.run_id, k.run_no, k.seq, k.n, k.body_hash = t.body_hash as same,
        k.created_at <= now() - make_interval(hours => ${KEPT_HOURS}) as old
      from unnest($2::text[], $3::text[], $4::bytea[]) t(scope, key, body_hash)
      join taken_key k on k.workspace_id = $1 and k.scope = t.scope and k.key = t.key`,
    values: [workspaceId, keys.map(({ scope }) => scope), keys.map(({ key }) => key), keys.map(({ bodyHash }) => bodyHash)],
  })
  const old = rows.filter((row) => row.old)
  if (old.length > 0)
    await pool.query(
      `delete from taken_key k using unnest($2::text[], $3::text[]) t(scope, key)
       where k.workspace_id = $1 and k.scope = t.scope and k.key = t.key
         and k.created_at <= now() - make_interval(hours => ${KEPT_HOURS})`,
      [workspaceId, old.map(({ scope }) => scope), old.map(({ key }) => key)],
    )
  return new Map(
    rows
      .filter((row) => !row.old)
      .map((row) => [nameOf(row), { runId: row.run_id, runNo: Number(row.run_no), seq: row.seq, n: row.n, same: row.same }]),
  )
}

/** Forgets keys whose time is over, for good: called now and then. */
export async function forgetOldKeys(pool: Pool): Promise<void> {
  await pool.query(`delete from taken_key where created_at <= now() - make_interval(hours => ${KEPT_HOURS})`)
}
