import type { WorkflowDocument } from '#schemas/workflow.ts'

/** People of a stored list (columns `고객명`, `phone`), told by text message through the sandbox. */
export function listWorkflow(list: string, name?: string): WorkflowDocument {
  const node = (id: string, type: string, config: Record<string, unknown>) => ({
    id,
    type,
    typeVersion: 1,
    position: { x: 0, y: 0 },
    config,
  })
  return {
    schemaVersion: 1,
    name: '만기 안내',
    nodes: [
      node('start', 'manual-trigger', {}),
      node('people', 'list-source', { list, ...(name !== undefined && { name }) }),
      node('fill', 'mapping', { variables: { 이름: { column: '고객명' } } }),
      node('sms', 'send-sms', {
        connection: 'sandbox',
        address: 'phone',
        expiresAfter: 1440,
        template: { text: '#{이름}님, 곧 만기예요.' },
      }),
    ],
    edges: [
      { id: 'e1', source: 'start', sourcePort: 'start', target: 'people', targetPort: 'start' },
      { id: 'e2', source: 'people', sourcePort: 'rows', target: 'fill', targetPort: 'rows' },
      { id: 'e3', source: 'fill', sourcePort: 'rows', target: 'sms', targetPort: 'messages' },
    ],
  }
}
