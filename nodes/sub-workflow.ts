import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { PartExit, PartNeed } from '#schemas/part-face.ts'
import { SUB_WORKFLOW } from '#schemas/sub-workflow.ts'
import { AppError, defineNode } from '#runtime/sdk/index.ts'

const hidden = (title: { en: string; ko: string }) => field({ title }, { widget: 'hidden' })

/**
 * A workflow as a step of another one. `compile` puts the steps of the chosen version in its place, so it never runs itself: what is here
 * is its form, its line, and its ports as they were when it was chosen.
 */
export default defineNode({
  type: SUB_WORKFLOW,
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  title: { en: 'Use a workflow', ko: '워크플로 넣기' },
  help: {
    en: 'Puts a workflow here that begins with "Comes in". The chosen published version stays until you take over a newer one.',
    ko: '‘들어오는 곳’으로 시작하는 워크플로를 여기에 넣어요. 새 버전으로 바꾸기 전에는 고른 버전이 그대로 쓰여요.',
  },
  icon: 'box-multiple',
  keywords: [
    'sub-workflow',
    'subflow',
    'reuse',
    'nested',
    'call',
    '워크플로 넣기',
    '하위 워크플로',
    '재사용',
    '불러오기',
    '부분',
  ],
  ports: {
    in: { rows: { kind: 'rows', kindFrom: 'takes' } },
    // The ways out are those of the chosen workflow, so the type of the outputs is any name.
    out: {} as Record<string, 'rows'>,
    outFrom: { list: 'exits', kind: 'rows' },
  },
  config: Type.Object(
    {
      workflow: Type.String({
        minLength: 1,
        maxLength: 100,
        ...field({ title: { en: 'Workflow', ko: '워크플로' } }, { widget: 'sub-workflow' }),
      }),
      version: Type.Integer({ minimum: 1, ...hidden({ en: 'Version', ko: '버전' }) }),
      columns: Type.Optional(
        Type.Record(Type.String(), Type.String({ maxLength: 200 }), {
          ...field(
            {
              title: { en: 'Columns that it needs', ko: '필요한 열' },
              help: { en: 'Which of your columns is meant', ko: '어느 열을 쓸지 골라요' },
            },
            { widget: 'part-columns' },
          ),
        }),
      ),
      name: Type.Optional(Type.String({ maxLength: 200, ...hidden({ en: 'Name', ko: '이름' }) })),
      takes: Type.Optional(Type.Enum(['rows', 'messages'], { ...hidden({ en: 'Who comes in', ko: '무엇이 들어오나요' }) })),
      needs: Type.Optional(Type.Array(PartNeed, { maxItems: 100, ...hidden({ en: 'Needed columns', ko: '필요한 열' }) })),
      exits: Type.Optional(Type.Array(PartExit, { maxItems: 50, ...hidden({ en: 'Ways out', ko: '나가는 길' }) })),
    },
    { additionalProperties: false },
  ),
  defaults: { workflow: '', version: 1 },
  summary: ({ name }) => (name === undefined ? null : { en: name, ko: name }),
  columns: () => ({ out: {} }),
  process() {
    throw new AppError('internal', { requestId: 'sub-workflow' })
  },
  examples: [
    {
      title: { en: 'A greeting that several workflows send', ko: '여러 워크플로가 함께 쓰는 인사' },
      config: {
        workflow: 'greeting',
        version: 1,
        name: '안부 보내기',
        takes: 'rows',
        exits: [{ id: 'out', name: '못 받음', kind: 'rows' }],
      },
    },
  ],
})
