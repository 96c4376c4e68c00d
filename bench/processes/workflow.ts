import type { Pool } from 'pg'
import type { SqlConnection } from '#runtime/sdk/index.ts'
import { createKysely } from '#server/database/connect.ts'
import { uuidV7 } from '#server/runs/uuid.ts'
import { DEFAULT_WORKSPACE, ensureWorkspace } from '#server/workspace/workspace.ts'
import { boxes } from './engine.ts'

interface Script {
  SOURCE_SQL(rows: number): string
  readonly TEMPLATE: string
  readonly LOOKUP_TEMPLATE: string
}

/** One query a person as a user writes it; the product asks it for a whole chunk at once. */
const LOOKUP = `select count(*) as review_count, coalesce(round(avg(rating), 1), 0) as average_rating from reviews where company_id = :company_id`

/** The script's job as a workflow: source → (query) → mapping → text → SMS, published, in the default workspace. */
export async function makeWorkflow(
  pool: Pool,
  { source, rows, lookup }: { source: SqlConnection; rows: number; lookup: boolean },
) {
  // The file lies outside of the project; its README says what it exports.
  const script = (await import(process.env['BENCH_BASELINE'] ?? '')) as Script
  const sql = script.SOURCE_SQL(rows)
  const names = ['name', 'company_name', ...(lookup ? ['review_count', 'average_rating'] : ['plan', 'amount']), 'date']
  const steps = [
    step('start', 'manual-trigger', {}),
    step('source', 'sql-source', { connection: 'source', sql }),
    ...(lookup ? [step('ask', 'variable-query', { connection: 'source', sql: LOOKUP })] : []),
    step('fill', 'mapping', { variables: Object.fromEntries(names.map((name) => [name, { column: name }])) }),
    step('text', 'template', { text: lookup ? script.LOOKUP_TEMPLATE : script.TEMPLATE }),
    step('send', 'send-sms', { connection: 'provider', address: 'phone', expiresAfter: 1440 }),
  ]
  const ports = ['start', ...steps.slice(2, -1).map(() => 'rows'), 'messages']
  const edges = ports.map((port, at) => ({
    id: `e${at}`,
    source: steps[at]?.id,
    sourcePort: port,
    target: steps[at + 1]?.id,
    targetPort: port,
  }))
  // What a person would have confirmed: a million people, and now a thousand.
  const guards = { maxRecipients: null, jump: null }
  const document = { schemaVersion: 1, name: 'Benchmark', nodes: steps, edges, settings: { guards } }
  const described = { source: await source.describe(sql), ...(lookup && { ask: await source.describe(LOOKUP) }) }
  const pinned = { document, nodeTypes: {}, described, templates: {}, connections: {}, timezone: 'Asia/Seoul' }
  await ensureWorkspace(createKysely(pool), boxes.workspace)
  // What the server knows of them, where a run is watched; the worker opens its own.
  await pool.query(
    `insert into connection (workspace_id, id, kind, name, dialect) values
       ($1, 'source', 'postgres', 'Source', 'postgres'), ($1, 'provider', 'sandbox', 'Provider', null) on conflict do nothing`,
    [DEFAULT_WORKSPACE],
  )
  const ids = { workspaceId: DEFAULT_WORKSPACE, workflowId: uuidV7(), versionId: uuidV7() }
  await pool.query(`insert into workflow (id, workspace_id, name, document) values ($1, $2, 'Benchmark', $3)`, [
    ids.workflowId,
    ids.workspaceId,
    JSON.stringify(document),
  ])
  await pool.query(
    'insert into workflow_version (id, workspace_id, workflow_id, version, revision, pinned) values ($1, $2, $3, 1, 1, $4)',
    [ids.versionId, ids.workspaceId, ids.workflowId, JSON.stringify(pinned)],
  )
  return ids
}

function step(id: string, type: string, config: unknown) {
  return { id, type, typeVersion: 1, position: { x: 0, y: 0 }, config }
}

/** Waits for the end of a run, and sees that all of it was sent and that its law holds. @returns messages sent */
export async function ended(pool: Pool, runId: string): Promise<number> {
  for (;;) {
    const { rows } = await pool.query<{
      state: number
      reason: unknown
      outcomes: Record<string, number> | null
      law: { holds: boolean } | null
    }>('select state, reason, outcomes, law from workflow_run where id = $1', [runId])
    const run = rows[0]
    if (run?.state === 6 && run.law?.holds) return run.outcomes?.['sent'] ?? 0
    if (!run || run.state > 5 || run.state === 4 || run.state === 2)
      throw new Error(`The run did not end well: ${JSON.stringify(run)}`)
    await new Promise((done) => setTimeout(done, 10))
  }
}
