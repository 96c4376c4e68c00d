import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { defineNode } from '#runtime/sdk/index.ts'

/** Only the first so many. Who is cut off was not chosen, and is no recipient. */
export default defineNode({
  type: 'limit',
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'audience',
  drops: true,
  title: { en: 'First N only', ko: '앞에서 몇 명만' },
  help: { en: 'Lets the first rows through, in the order of the query.', ko: '조회한 순서대로 앞의 몇 명만 남겨요.' },
  icon: 'list-numbers',
  keywords: ['limit', 'top', 'first', '제한', '몇 명', '상위'],
  ports: { in: { rows: 'rows' }, out: { rows: 'rows' } },
  config: Type.Object(
    { count: Type.Integer({ minimum: 1, maximum: 10_000_000, ...field({ title: { en: 'How many', ko: '몇 명까지' } }) }) },
    { additionalProperties: false },
  ),
  defaults: { count: 100 },
  summary: ({ count }) => ({ en: `The first ${count.toLocaleString('en')}`, ko: `앞에서 ${count.toLocaleString('ko')}명` }),
  columns: (_config, inputs) => ({ out: { rows: inputs.rows ?? [] } }),
  open({ count }) {
    let left = count
    return {
      process(batch) {
        const rows = batch.slice(0, left)
        left -= rows.length
        return { rows }
      },
    }
  },
  examples: [{ config: { count: 2 }, in: [{ id: 1 }, { id: 2 }, { id: 3 }], out: { rows: [{ id: 1 }, { id: 2 }] } }],
})
