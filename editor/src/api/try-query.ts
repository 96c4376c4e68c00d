import type { Preview, PreviewRows } from '#schemas/preview.ts'
import type { Problem } from '#schemas/problem.ts'
import { api } from './client.ts'

const place = { x: 0, y: 0 }

/** What a query answers for some values, or what is wrong with it. */
export interface Tried {
  readonly rows: PreviewRows | null
  readonly problems: readonly Problem[]
}

/** Asks a query once for the values given, which are not kept. It is a workflow of nothing else, so that it is guarded, masked and shown as one. */
export async function tryQuery(connection: string, sql: string, parameters: Readonly<Record<string, string>>): Promise<Tried> {
  const document = {
    schemaVersion: 1,
    name: 'try',
    nodes: [
      { id: 'start', type: 'manual-trigger', typeVersion: 1, position: place, config: {} },
      { id: 'rows', type: 'sql-source', typeVersion: 1, position: place, config: { connection, sql, parameters } },
    ],
    edges: [{ id: 'e1', source: 'start', sourcePort: 'start', target: 'rows', targetPort: 'start' }],
  }
  const { nodes, problems } = await api.post<Preview>('/api/preview', { document, limit: 3, until: 'rows', fresh: true })
  return {
    rows: nodes['rows']?.out['rows'] ?? null,
    problems: problems.filter(({ nodeId, severity }) => nodeId === 'rows' && severity === 'error'),
  }
}
