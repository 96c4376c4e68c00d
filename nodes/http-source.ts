import { defineNode, type Batch, type NodeProblem } from '#runtime/sdk/index.ts'
import { columnsOf, guessColumns, rowOf } from './http/cells.ts'
import { Config, type ListedColumn } from './http/config.ts'
import { pagesOf } from './http/pages.ts'

const ROWS = 1000

/** Reads the audience from the API of a service: a list of JSON objects, page by page. */
export default defineNode({
  type: 'http-source',
  version: 1,
  role: 'source',
  effect: 'read',
  scope: 'audience',
  title: { en: 'HTTP and JSON', ko: 'API에서 읽기' },
  help: {
    en: 'Reads the recipients from the API of a service: each item of a list in its JSON is one person. Keys stand with the connection, never here.',
    ko: '서비스의 API에서 받는 사람을 읽어요. JSON 목록의 항목 하나가 한 사람이에요. 키는 연결에만 적어요.',
  },
  icon: 'world',
  keywords: ['http', 'api', 'json', 'rest', 'source', '연동', '받는 사람', '대상', '외부'],
  ports: { in: { start: 'start' }, out: { rows: 'rows' } },
  config: Config,
  defaults: { connection: '', path: '' },
  summary: ({ path, connection }, known) => {
    const name = known.connection(connection)?.name ?? connection
    return { en: `${name} ${path}`.trim(), ko: `${name} ${path}`.trim() }
  },
  columns({ columns }, _inputs, known) {
    if (columns?.length) return { out: { rows: columnsOf(columns) } }
    if (known.described) return { out: { rows: known.described.columns }, problems: [guessed(known.described.columns)] }
    return { out: {}, problems: known.describeFailed ? [] : [{ code: 'not-checked-yet', field: 'path' }] }
  },
  async describe(config, _inputs, context) {
    if (config.columns?.length) return { columns: columnsOf(config.columns) }
    const service = await context.service(config.connection)
    const clock = { now: () => new Date(), sleep: () => Promise.resolve() }
    for await (const items of pagesOf(config, { service, clock, signal: context.signal }))
      return { columns: columnsOf(guessColumns(items)) }
    return { columns: [] }
  },
  async *read(config, context): AsyncGenerator<Batch> {
    const service = await context.service(config.connection)
    const { clock, signal, described } = context
    // What was described is what the steps behind were made for.
    const listed = config.columns?.length ? config.columns : ((described?.columns ?? []) as unknown as readonly ListedColumn[])
    let number = 0
    let left = context.maxRows ?? Infinity
    for await (const items of pagesOf(config, { service, clock, signal })) {
      const rows = items.slice(0, left).map((item) => rowOf(item, { listed, number: ++number }))
      left -= rows.length
      for (let from = 0; from < rows.length; from += ROWS) yield rows.slice(from, from + ROWS)
      if (left <= 0) return
    }
  },
  examples: [
    {
      title: { en: 'Active customers, page by page', ko: '활성 고객을 쪽마다' },
      config: {
        connection: 'crm',
        path: '/customers?active=true',
        pointer: '/data',
        columns: [
          { name: 'name', type: 'text' },
          { name: 'phone', type: 'text' },
          { name: 'city', type: 'text', pointer: '/address/city' },
        ],
        paging: { by: 'cursor', pointer: '/next', parameter: 'cursor' },
      },
    },
  ],
})

/** Guessed columns may be others tomorrow, when the first page has other values. */
function guessed(columns: readonly { readonly name: string; readonly type: string }[]): NodeProblem {
  return {
    code: 'columns-guessed',
    field: 'columns',
    fix: {
      title: { en: 'Keep these columns', ko: '이 열로 정하기' },
      config: { columns: columns.map(({ name, type }) => ({ name, type })) },
    },
  }
}
