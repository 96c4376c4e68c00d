import Type from 'typebox'
import { PART_OUTPUT } from '#schemas/sub-workflow.ts'
import { defineNode } from '#runtime/sdk/index.ts'

/** Where people leave for the workflow around it. What the step is called is what the way out is called there. */
export default defineNode({
  type: PART_OUTPUT,
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  drops: true,
  title: { en: 'Goes out', ko: '나가는 곳' },
  help: {
    en: 'People leave here for the workflow that uses this one. With several of them the step has several ways out, each named like this step.',
    ko: '여기서 바깥 워크플로로 나가요. 여러 개를 두면 나가는 길도 여러 개가 되고, 길 이름은 이 단계의 이름과 같아요.',
  },
  icon: 'logout-2',
  keywords: ['part', 'output', 'exit', 'sub-workflow', 'reuse', '나가는 곳', '출구', '재사용', '하위', '부분'],
  ports: { in: { rows: { kind: 'rows', keep: true } }, out: {} },
  config: Type.Object({}, { additionalProperties: false }),
  defaults: {},
  columns: () => ({ out: {} }),
  // Alone nobody waits behind it.
  process: () => ({}),
  examples: [{ title: { en: 'On to the next step', ko: '다음 단계로' }, config: {}, in: [{ name: '김서연' }], out: {} }],
})
