import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { defineNode, rowOf, type Message, type NodeProblem, type Row } from '#runtime/sdk/index.ts'
import { compileConditions } from './filter/compile-conditions.ts'
import { Conditions } from '#schemas/conditions.ts'
import { conditionProblems } from './filter/conditions.ts'
import { MOST_WAYS, namesOf, way, wayProblems } from './named-ways/named-ways.ts'

const Case = Type.Object(
  {
    ...way,
    conditions: Type.Unsafe<Conditions>({
      ...Conditions,
      ...field({ title: { en: 'Conditions', ko: '조건' } }, { widget: 'conditions' }),
    }),
  },
  { additionalProperties: false },
)

/** Sends each row the way of the first case that it meets. */
export default defineNode({
  type: 'branch',
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  title: { en: 'Branch', ko: '조건으로 나누기' },
  help: {
    en: 'Each person takes the way of the first case whose conditions hold, from top to bottom. Who meets none leaves at “rest”; where that leads nowhere, they are no recipients.',
    ko: '위에서부터 처음으로 맞는 갈래로 한 사람씩 보내요. 어느 갈래에도 맞지 않으면 ‘나머지’로 가고, ‘나머지’를 잇지 않으면 받는 사람에 들지 않아요.',
  },
  icon: 'git-branch',
  keywords: ['branch', 'switch', 'case', 'if', 'else', 'route', '갈래', '나누기', '분기', '조건', '경우'],
  ports: {
    in: { rows: { kind: 'rows', keep: true } },
    // The names of the cases are the person's, so the type of the outputs is any name.
    out: { rest: { kind: 'rows', keep: true, title: { en: 'rest', ko: '나머지' } } } as Record<
      string,
      { kind: 'rows'; keep: true }
    >,
    outFrom: { list: 'cases', kind: 'rows', keep: true },
  },
  config: Type.Object(
    {
      cases: Type.Array(Case, {
        minItems: 1,
        maxItems: MOST_WAYS,
        ...field(
          {
            title: { en: 'Ways', ko: '갈래' },
            help: { en: 'The first that fits counts.', ko: '위에서부터 처음으로 맞는 곳으로 가요.' },
          },
          { widget: 'cases' },
        ),
      }),
    },
    { additionalProperties: false },
  ),
  defaults: { cases: [{ id: 'a', name: '', conditions: { join: 'all', items: [] } }] },
  summary: ({ cases }) => ({ en: namesOf(cases, ['rest']), ko: namesOf(cases, ['나머지']) }),
  columns({ cases }, inputs) {
    const columns = inputs.rows ?? []
    const problems: NodeProblem[] = [
      ...wayProblems(cases, 'cases'),
      ...cases.flatMap(({ conditions }, at) => conditionProblems(conditions, { columns, path: `cases/${at}/conditions` })),
    ]
    return { out: Object.fromEntries([...cases.map(({ id }) => id), 'rest'].map((port) => [port, columns])), problems }
  },
  open({ cases }, context) {
    const surroundings = { columns: context.inputs.rows ?? [], timezone: context.timezone, now: context.run.startedAt }
    const tests = cases.map(({ id, conditions }) => ({ id, matches: compileConditions(conditions, surroundings) }))
    return {
      process(batch) {
        const out: Record<string, (Row | Message)[]> = Object.fromEntries([...tests.map(({ id }) => [id, []]), ['rest', []]])
        for (const item of batch) {
          const row = rowOf(item)
          out[tests.find(({ matches }) => matches(row))?.id ?? 'rest']?.push(item)
        }
        return out
      },
    }
  },
  examples: [
    {
      title: { en: 'Big customers, new ones, and the rest', ko: '큰손, 새 고객, 나머지' },
      config: {
        cases: [
          { id: 'vip', name: 'VIP', conditions: { join: 'all', items: [{ column: 'orders', is: 'at-least', value: '50' }] } },
          { id: 'fresh', name: '새 고객', conditions: { join: 'all', items: [{ column: 'plan', is: 'equals', value: '체험' }] } },
        ],
      },
      columns: [
        { name: 'name', type: 'text' },
        { name: 'plan', type: 'text' },
        { name: 'orders', type: 'integer' },
      ],
      in: [
        { name: '김민수', plan: '체험', orders: 80 },
        { name: '이영희', plan: '체험', orders: 1 },
        { name: '박철수', plan: '기본', orders: 3 },
      ],
      out: {
        vip: [{ name: '김민수', plan: '체험', orders: 80 }],
        fresh: [{ name: '이영희', plan: '체험', orders: 1 }],
        rest: [{ name: '박철수', plan: '기본', orders: 3 }],
      },
    },
  ],
})
