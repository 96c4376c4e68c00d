import { COLUMN_WIDTH, LINE_HEIGHT } from '#editor/model/placing.ts'

const LANES = 10

/**
 * A workflow of so many steps: one query that feeds ten lanes of "first N only", the first of which ends in a text that is sent through the
 * sandbox. It stands in a grid of ten rows, each lane in its own.
 */
export function largeWorkflow({ name, steps, people }: { name: string; steps: number; people: number }): object {
  const nodes: object[] = [
    { ...base('start', 'manual-trigger', { column: 0, row: 0 }), config: {} },
    {
      ...base('people', 'sql-source', { column: 1, row: 0 }),
      config: {
        connection: 'sample-shop',
        sql: `select id, contacts as mobile, company_name from customers where status = 'active' order by id limit ${people}`,
      },
    },
  ]
  const edges: object[] = [line(0, ['start', 'start'], ['people', 'start'])]
  const ends: (readonly [string, string])[] = Array.from({ length: LANES }, () => ['people', 'rows'])
  for (let at = nodes.length; at < steps - 2; at++) {
    const lane = (at - 2) % LANES
    const place = Math.floor((at - 2) / LANES)
    const id = `l${lane}-${place}`
    nodes.push({ ...base(id, 'limit', { column: place + 2, row: lane }), config: { count: people } })
    edges.push(line(at, ends[lane] ?? ['people', 'rows'], [id, 'rows']))
    ends[lane] = [id, 'rows']
  }
  const column = Math.ceil((steps - 4) / LANES) + 2
  nodes.push(
    { ...base('text', 'template', { column, row: 0 }), config: { text: '#{company_name} 사장님, 안녕하세요!' } },
    { ...base('send', 'send-sms', { column: column + 1, row: 0 }), config: { connection: 'sandbox', address: 'mobile' } },
  )
  edges.push(
    line(steps, ends[0] ?? ['people', 'rows'], ['text', 'rows']),
    line(steps + 1, ['text', 'messages'], ['send', 'messages']),
  )
  return { schemaVersion: 1, name, nodes, edges }
}

function base(id: string, type: string, { column, row }: { column: number; row: number }) {
  return { id, type, typeVersion: 1, position: { x: column * COLUMN_WIDTH, y: row * LINE_HEIGHT } }
}

function line(number: number, from: readonly [string, string], to: readonly [string, string]) {
  return { id: `e${number}`, source: from[0], sourcePort: from[1], target: to[0], targetPort: to[1] }
}
