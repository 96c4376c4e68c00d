import type { WorkflowDocument } from '#schemas/workflow.ts'

export const node = (id: string, type: string, config: Record<string, unknown>) => ({
  id,
  type,
  typeVersion: 1,
  position: { x: 0, y: 0 },
  config,
})
export const edge = (from: string, to: string) => {
  const [source = '', sourcePort = ''] = from.split('.')
  const [target = '', targetPort = ''] = to.split('.')
  return { id: `${source}-${target}`, source, sourcePort, target, targetPort }
}

const text = '#{이름}님, 리뷰 #{리뷰 수}개'

/** Customers of the sample shop's stand-in, left out, asked, told by Alimtalk and else by text; `trigger` in place of starting by hand. */
export function reportWorkflow(provider: string, trigger = node('start', 'manual-trigger', {})): WorkflowDocument {
  return {
    schemaVersion: 1,
    name: '주간 리뷰',
    nodes: [
      trigger,
      node('people', 'sql-source', {
        connection: 'sample-shop',
        sql: 'select id, name, phone, company_id, opted_out from customers order by id',
      }),
      node('out', 'leave-out', { address: 'phone', kind: 'phone', optOutColumn: 'opted_out', duplicates: true, unusable: true }),
      node('ask', 'variable-query', {
        connection: 'sample-shop',
        sql: 'select count(*) as total from reviews where company_id = :company_id',
      }),
      node('fill', 'mapping', {
        variables: { 이름: { column: 'name' }, '리뷰 수': { column: 'total', format: { kind: 'number' } } },
      }),
      node('text', 'template', { text, kakao: { templateCode: 'T1', channelId: 'C1' } }),
      node('talk', 'send-alimtalk', { connection: provider, address: 'phone', expiresAfter: 1440 }),
      node('sms', 'send-sms', { connection: provider, address: 'phone', expiresAfter: 1440, template: { text } }),
    ],
    edges: [
      edge('start.start', 'people.start'),
      edge('people.rows', 'out.rows'),
      edge('out.rows', 'ask.rows'),
      edge('ask.rows', 'fill.rows'),
      edge('fill.rows', 'text.rows'),
      edge('text.messages', 'talk.messages'),
      edge('talk.undelivered', 'sms.messages'),
    ],
  }
}
