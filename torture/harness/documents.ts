import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'

/** plain: source to send · query: answers are asked for and frozen · reshape: a filter behind the query drops rows, so chunks are written anew · merge: behind the query people part to two texts and meet again */
export type Shape = 'plain' | 'query' | 'reshape' | 'merge'

/** One store's people go the first way. */
const SEVENTH = {
  id: 'seven',
  name: '가게 7',
  conditions: { join: 'all', items: [{ column: 'store_title', is: 'equals', value: '가게 7' }] },
}

/** A workflow of the torture: everybody of the source gets a text message. */
export function document(shape: Shape, use: { source: string; channel: string; sql?: string | undefined }): WorkflowDocument {
  const sql = use.sql ?? 'select id, name, phone, store_id from people order by id'
  const asks = shape !== 'plain'
  const nodes: WorkflowNode[] = [
    node('start', 'manual-trigger', {}),
    node('source', 'sql-source', { connection: use.source, sql }),
    ...(asks
      ? [
          node('ask', 'variable-query', {
            connection: use.source,
            sql: 'select c.title as store_title from stores c where c.id = :store_id',
          }),
        ]
      : []),
    ...(shape === 'reshape'
      ? [
          node('some', 'filter', {
            conditions: { join: 'all', items: [{ column: 'store_title', is: 'not-equals', value: '가게 7' }] },
          }),
        ]
      : []),
    node('fill', 'mapping', { variables: { name: { column: 'name' } } }),
    ...(shape === 'merge' ? [node('part', 'branch', { cases: [SEVENTH] })] : []),
    node('text', 'template', { text: '#{name}, 오늘의 소식이에요.' }),
    ...(shape === 'merge' ? [node('meet', 'merge', { mode: 'union' })] : []),
    node('send', 'send-sms', { connection: use.channel, address: 'phone', expiresAfter: 120 }),
  ]
  const out: Readonly<Record<string, string>> = {
    'manual-trigger': 'start',
    filter: 'matched',
    branch: SEVENTH.id,
    template: 'messages',
  }
  const line = (source: WorkflowNode, target: WorkflowNode, sourcePort = out[source.type] ?? 'rows') => ({
    id: `${source.id}-${target.id}`,
    source: source.id,
    sourcePort,
    target: target.id,
    targetPort: source.type === 'manual-trigger' ? 'start' : target.type === 'send-sms' ? 'messages' : 'rows',
  })
  const edges = nodes.slice(1).map((target, at) => line(nodes[at] as WorkflowNode, target))
  if (shape === 'merge') {
    const other = node('other', 'template', { text: '#{name}, 다른 소식이에요.' })
    const named = (id: string): WorkflowNode => nodes.find((one) => one.id === id) as WorkflowNode
    nodes.push(other)
    edges.push(line(named('part'), other, 'rest'), line(other, named('meet')))
  }
  return { schemaVersion: 1, name: `Torture ${shape}`, nodes, edges, settings: { timezone: 'Asia/Seoul' } }
}

function node(id: string, type: string, config: Record<string, unknown>): WorkflowNode {
  return { id, type, typeVersion: 1, label: id, position: { x: 0, y: 0 }, config }
}
