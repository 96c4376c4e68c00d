import type { WorkflowDocument } from '#schemas/workflow.ts'
import { edge, node } from './report-workflow.ts'

/** Two lists that share some people, appended and told by text message. */
export function twoLists(provider: string): WorkflowDocument {
  const source = (id: string, label: string, sql: string) => ({
    ...node(id, 'sql-source', { connection: 'sample-shop', sql }),
    label,
  })
  return {
    schemaVersion: 1,
    name: '두 목록',
    nodes: [
      node('start', 'manual-trigger', {}),
      source('fresh', '신규 가입', 'select phone from customers where id between 11 and 30 order by id'),
      source(
        'members',
        '기존 회원',
        `select '+82 ' || substr(phone, 2) as phone from customers where id between 20 and 49 order by id`,
      ),
      node('both', 'merge', { mode: 'append', sameBy: 'phone', key: 'phone' }),
      node('sms', 'send-sms', { connection: provider, address: 'phone', expiresAfter: 1440, template: { text: '안녕하세요' } }),
    ],
    edges: [
      edge('start.start', 'fresh.start'),
      edge('start.start', 'members.start'),
      { ...edge('fresh.rows', 'both.rows'), id: 'first' },
      { ...edge('members.rows', 'both.rows'), id: 'second' },
      edge('both.rows', 'sms.messages'),
    ],
  }
}
