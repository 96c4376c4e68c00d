import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { TestApp } from '#server/test/app.ts'

const node = (id: string, type: string, config: Record<string, unknown>) => ({
  id,
  type,
  typeVersion: 1,
  position: { x: 0, y: 0 },
  config,
})

const FIELDS = [
  { name: 'name', type: 'text', required: true },
  { name: 'phone', type: 'text', required: true },
  { name: 'plan', type: 'text', required: false },
]

/** Whoever signs up gets a text message; with `plan`, only people of that plan. */
export function welcome({
  event = 'user.signed-up',
  plan,
  hook = false,
}: { event?: string; plan?: string; hook?: boolean } = {}) {
  const filter = plan !== undefined
  const document: WorkflowDocument = {
    schemaVersion: 1,
    name: '환영 문자',
    nodes: [
      hook ? node('start', 'webhook-trigger', { columns: FIELDS }) : node('start', 'event-trigger', { event, columns: FIELDS }),
      ...(filter
        ? [node('pro', 'filter', { conditions: { join: 'all', items: [{ column: 'plan', is: 'equals', value: plan }] } })]
        : []),
      node('fill', 'mapping', { variables: { 이름: { column: 'name' } } }),
      node('text', 'template', { text: '#{이름}님, 반가워요' }),
      node('send', 'send-sms', { connection: 'sandbox', address: 'phone', expiresAfter: 1440 }),
    ],
    edges: [
      ...(filter
        ? [
            { id: 'e0', source: 'start', sourcePort: 'start', target: 'pro', targetPort: 'rows' },
            { id: 'e1', source: 'pro', sourcePort: 'matched', target: 'fill', targetPort: 'rows' },
          ]
        : [{ id: 'e1', source: 'start', sourcePort: 'start', target: 'fill', targetPort: 'rows' }]),
      { id: 'e2', source: 'fill', sourcePort: 'rows', target: 'text', targetPort: 'rows' },
      { id: 'e3', source: 'text', sourcePort: 'messages', target: 'send', targetPort: 'messages' },
    ],
    settings: { timezone: 'Asia/Seoul' },
  }
  return document
}

/** Whoever is in a team that was invited gets a text message: a source behind the event reads the people. */
export function teamInvited(): WorkflowDocument {
  const { nodes, edges, ...document } = welcome()
  return {
    ...document,
    nodes: [
      node('start', 'event-trigger', { event: 'team.invited', columns: [{ name: 'team', type: 'text', required: true }] }),
      node('people', 'sql-source', { connection: 'sample-shop', sql: 'select name, phone from members where team = :team' }),
      ...nodes.slice(1),
    ],
    edges: [
      { id: 's', source: 'start', sourcePort: 'start', target: 'people', targetPort: 'start' },
      { id: 'e1', source: 'people', sourcePort: 'rows', target: 'fill', targetPort: 'rows' },
      ...edges.slice(1),
    ],
  }
}

/** Saved, published and switched on. @returns the workflow's id */
export async function published({ call }: Pick<TestApp, 'call'>, document: WorkflowDocument): Promise<string> {
  const made = await call<{ id: string; problems: unknown[] }>('POST', '/api/workflows', { body: document })
  const { id } = made.body
  const result = await call('POST', `/api/workflows/${id}/publish`)
  if (result.status !== 200) throw new Error(`not published: ${JSON.stringify(result.body)}`)
  await call('POST', `/api/workflows/${id}/enable`)
  return id
}
