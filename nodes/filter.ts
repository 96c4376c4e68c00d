import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { defineNode, type Row } from '#runtime/sdk/index.ts'
import { compileConditions } from './filter/compile-conditions.ts'
import { Conditions } from '#schemas/conditions.ts'
import { conditionProblems, describeConditions } from './filter/conditions.ts'

/** Splits rows by conditions on their columns. */
export default defineNode({
  type: 'filter',
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  drops: true,
  title: { en: 'Filter', ko: '조건으로 고르기' },
  help: {
    en: 'Rows that meet the conditions go on; the others leave at “rest”, and are no recipients where that leads nowhere.',
    ko: '조건에 맞는 사람만 다음으로 가요. ‘나머지’를 잇지 않으면 받는 사람에 들지 않아요.',
  },
  icon: 'filter',
  keywords: ['filter', 'if', 'where', 'condition', '조건', '거르기', '필터', '고르기'],
  ports: {
    in: { rows: 'rows' },
    out: {
      matched: { kind: 'rows', title: { en: 'matched', ko: '맞음' } },
      rest: { kind: 'rows', title: { en: 'rest', ko: '나머지' } },
    },
  },
  config: Type.Object(
    {
      conditions: Type.Unsafe<Conditions>({
        ...Conditions,
        ...field({ title: { en: 'Conditions', ko: '조건' } }, { widget: 'conditions' }),
      }),
    },
    { additionalProperties: false },
  ),
  defaults: { conditions: { join: 'all', items: [] } },
  summary: ({ conditions }) => describeConditions(conditions),
  columns({ conditions }, inputs) {
    const columns = inputs.rows ?? []
    const problems = conditionProblems(conditions, { columns, path: 'conditions' })
    return { out: { matched: columns, rest: columns }, problems }
  },
  open({ conditions }, context) {
    const matches = compileConditions(conditions, {
      columns: context.inputs.rows ?? [],
      timezone: context.timezone,
      now: context.run.startedAt,
    })
    return {
      process(batch) {
        const matched: Row[] = []
        const rest: Row[] = []
        for (const row of batch) (matches(row) ? matched : rest).push(row)
        return { matched, rest }
      },
    }
  },
  examples: [
    {
      title: { en: 'A plan, or many reviews', ko: '요금제가 프로이거나 리뷰가 많은 곳' },
      config: {
        conditions: {
          join: 'any',
          items: [
            { column: 'plan', is: 'equals', value: '프로' },
            { column: 'reviews', is: 'at-least', value: '10' },
          ],
        },
      },
      columns: [
        { name: 'plan', type: 'text' },
        { name: 'reviews', type: 'integer', digits: true },
      ],
      in: [
        { plan: '프로', reviews: '0' },
        { plan: '기본', reviews: '100' },
        { plan: '기본', reviews: '9' },
      ],
      out: {
        matched: [
          { plan: '프로', reviews: '0' },
          { plan: '기본', reviews: '100' },
        ],
        rest: [{ plan: '기본', reviews: '9' }],
      },
    },
  ],
})
