import type { PoolClient } from 'pg'
import { LIVING } from '#server/ledger/alive.ts'
import type { LookMemory } from '../memory.ts'
import type { Findings, Trouble } from '../trouble.ts'

/** A supervisor starts another worker within this time: only who stays away is told. */
export const GONE_MS = 30_000

const text = `select w.no, w.host, w.no = any(${LIVING}) as alive from worker w order by w.no`

interface WorkerRow {
  no: number
  host: string
  alive: boolean
}

/** Workers that ended without saying so, and the lack of any. They belong to the installation: each workspace is told. */
export async function goneWorkers(
  client: Pick<PoolClient, 'query'>,
  { memory, now }: { memory: LookMemory; now: Date },
): Promise<{ findings: Findings; absent: LookMemory['absent'] }> {
  const { rows } = await client.query<WorkerRow>(text)
  const workspaces = await client.query<{ id: string }>('select id from workspace')
  const dead = rows.filter(({ alive }) => !alive)
  const missing = rows.some(({ alive }) => alive)
    ? dead.map(({ no }) => String(no))
    : ['none', ...dead.map(({ no }) => String(no))]
  const absent = Object.fromEntries(missing.map((key) => [key, memory.absent[key] ?? now.toISOString()]))
  const gone = (key: string): boolean => now.getTime() - Date.parse(absent[key] ?? now.toISOString()) >= GONE_MS
  const found = workspaces.rows.flatMap(({ id }) => [
    ...(absent['none'] !== undefined && gone('none')
      ? [trouble(id, { subject: 'workers', code: 'workers-none', fields: {} })]
      : []),
    ...dead
      .filter(({ no }) => gone(String(no)))
      .map(({ no, host }) => trouble(id, { subject: `worker:${no}`, code: 'worker-gone', fields: { worker: no, host } })),
  ])
  return {
    findings: { lasting: [{ kind: 'worker', codes: ['worker-gone', 'workers-none'], troubles: found }], happened: [], ended: [] },
    absent,
  }
}

function trouble(workspaceId: string, what: Pick<Trouble, 'subject' | 'code' | 'fields'>): Trouble {
  return { ...what, workspaceId, kind: 'worker', runId: null, workflowId: null, connectionId: null, mark: 0 }
}
