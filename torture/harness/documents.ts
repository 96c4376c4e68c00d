import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'

/** plain: source to send · query: answers are asked for and frozen · reshape: a filter behind the query drops rows, so chunks are written anew */
export type Shape = 'plain' | 'query' | 'reshape'

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
    node('text', 'template', { text: '#{name}, 오늘의 소식이에요.' }),
    node('send', 'send-sms', { connection: use.channel, address: 'phone', expiresAfter: 120 }),
  ]
  const out: Readonly<Record<string, string>> = { 'manual-trigger': 'start', filter: 'matched', template: 'messages' }
  const edges = nodes.slice(1).map((target, at) => {
    const source = nodes[at] as WorkflowNode
    const kind = source.type === 'template' ? 'messages' : 'rows'
    return {
      id: `e${at}`,
      source: source.id,
      sourcePort: out[source.type] ?? 'rows',
      target: target.id,
      targetPort: source.type === 'manual-trigger' ? 'start' : kind,
    }
  })
  return { schemaVersion: 1, name: `Torture ${shape}`, nodes, edges, settings: { timezone: 'Asia/Seoul' } }
}

function node(id: string, type: string, config: Record<string, unknown>): WorkflowNode {
  return { id, type, typeVersion: 1, label: id, position: { x: 0, y: 0 }, config }
}
