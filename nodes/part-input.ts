import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { PART_INPUT } from '#schemas/sub-workflow.ts'
import { defineNode, type Batch, type NodeProblem } from '#runtime/sdk/index.ts'
import { exampleOf, TYPES, type PayloadType } from './event/payload-fields.ts'
import { takes } from './part/takes.ts'

const Need = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 200,
      ...field({ title: { en: 'Column', ko: '열 이름' } }),
    }),
    // The keys of the table of kinds.
    type: Type.Enum(Object.keys(TYPES) as PayloadType[], { ...field({ title: { en: 'Kind', ko: '종류' }, options: TYPES }) }),
    required: Type.Boolean({
      ...field({
        title: { en: 'Must be there', ko: '꼭 있어야 해요' },
        help: { en: 'If not, it is empty where the column is missing', ko: '아니면, 그 열이 없을 때 빈 값이 돼요' },
      }),
    }),
    example: Type.Optional(
      Type.String({
        maxLength: 1000,
        ...field({ title: { en: 'Example', ko: '예시' }, help: { en: 'Shown in the preview', ko: '미리 보기에 나와요' } }),
      }),
    ),
  },
  { additionalProperties: false },
)

/** Where people come in from the workflow around it: a workflow that begins with it is a part of others. */
export default defineNode({
  type: PART_INPUT,
  version: 1,
  role: 'source',
  effect: 'pure',
  scope: 'audience',
  title: { en: 'Comes in', ko: '들어오는 곳' },
  help: {
    en: 'Makes this workflow a part of others: people come in here from the workflow that uses it. Such a workflow has no start and no list of its own, and does not run alone.',
    ko: '이 워크플로를 다른 워크플로 안에 넣어 쓸 수 있게 해요. 사람은 바깥 워크플로에서 여기로 들어와요. 시작이나 명단은 두지 않고, 혼자서는 실행하지 않아요.',
  },
  icon: 'login-2',
  keywords: ['part', 'input', 'entry', 'sub-workflow', 'reuse', '들어오는 곳', '입구', '재사용', '하위', '부분'],
  ports: { in: {}, out: { rows: { kind: 'rows', kindFrom: 'takes' } } },
  config: Type.Object(
    {
      takes: takes(),
      columns: Type.Array(Need, {
        maxItems: 100,
        ...field({
          title: { en: 'Columns that are needed', ko: '필요한 열' },
          help: { en: 'All other columns come along as they are', ko: '다른 열도 그대로 함께 들어와요' },
        }),
      }),
    },
    { additionalProperties: false },
  ),
  defaults: { takes: 'rows', columns: [{ name: 'phone', type: 'text', required: true, example: '010-1234-5678' }] },
  summary({ columns }) {
    const names = columns.map(({ name }) => name).join(', ')
    return names === '' ? null : { en: names, ko: names }
  },
  columns({ columns }) {
    const seen = new Set<string>()
    const problems: NodeProblem[] = []
    for (const [index, { name }] of columns.entries()) {
      if (seen.has(name)) problems.push({ code: 'duplicate-column', fields: { column: name }, field: `columns/${index}/name` })
      seen.add(name)
    }
    if (problems.length > 0) return { out: {}, problems }
    return { out: { rows: columns.map(({ name, type, required }) => ({ name, type, nullable: !required })) } }
  },
  // Alone it is seen with the one person of the examples.
  async *read({ columns }): AsyncGenerator<Batch> {
    yield [Object.fromEntries(columns.map((one) => [one.name, exampleOf(one)]))]
  },
  examples: [
    {
      title: { en: 'People with a phone number', ko: '전화번호가 있는 사람' },
      config: {
        takes: 'rows',
        columns: [
          { name: 'name', type: 'text', required: false, example: '김서연' },
          { name: 'phone', type: 'text', required: true, example: '010-1234-5678' },
        ],
      },
    },
  ],
})
