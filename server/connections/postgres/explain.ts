import type { ClientBase } from 'pg'
import type { QueryPlan } from '#schemas/query-plan.ts'
import { QUOTING } from './stream.ts'
import { postgresPlan, wholeTablesOf, type PostgresNode } from '../plans/postgres-plan.ts'

interface Explained {
  /** With `$1`, `$2` …; it went through the guard. */
  readonly text: string
  readonly names: readonly string[]
  /** Values of the parameters; null where one is not known: then the plan is the one for any value. */
  readonly values: readonly (string | null)[] | null
  readonly timeoutMs: number
}

const EXPLAIN = 'explain (format json, verbose)'

async function planOf(client: ClientBase, { text, names, values }: Explained): Promise<PostgresNode> {
  if (values !== null) return rootOf(await client.query<Answer>(`${EXPLAIN} ${text}`, [...values]))
  // A NULL would be planned as what it is: no row. The generic plan is the one for a value that is not known.
  await client.query(`prepare alimflow_explained as ${text}`)
  const nothing = names.length === 0 ? '' : `(${names.map(() => 'null').join(', ')})`
  const answer = await client.query<Answer>(`${EXPLAIN} execute alimflow_explained${nothing}`)
  await client.query('deallocate alimflow_explained')
  return rootOf(answer)
}

interface Answer {
  readonly 'QUERY PLAN': readonly { readonly Plan: PostgresNode }[]
}

function rootOf({ rows }: { rows: readonly Answer[] }): PostgresNode {
  const root = rows[0]?.['QUERY PLAN'][0]?.Plan
  if (!root) throw new Error('EXPLAIN gave no plan')
  return root
}

/** How PostgreSQL would go about a query; nothing is run. @throws pg's DatabaseError where the statement does not fit */
export async function explainPostgres(client: ClientBase, explained: Explained): Promise<QueryPlan> {
  await client.query(
    `begin read only; ${QUOTING}; set local statement_timeout = ${Math.round(explained.timeoutMs)}; set local plan_cache_mode = ${explained.values ? 'auto' : 'force_generic_plan'}`,
  )
  const root = await planOf(client, explained)
  const whole = wholeTablesOf(root)
  const { rows } = await client.query<{ key: string; rows: string }>(
    `select n.nspname || '.' || c.relname as key, c.reltuples::bigint as rows
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname || '.' || c.relname = any($1) and c.reltuples >= 0`,
    [whole],
  )
  await client.query('rollback')
  return postgresPlan(root, new Map(rows.map(({ key, rows: count }) => [key, Number(count)])))
}
