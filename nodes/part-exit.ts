import Type from 'typebox'
import { PART_EXIT } from '#schemas/sub-workflow.ts'
import { defineNode } from '#runtime/sdk/index.ts'

/** What a way out of a workflow becomes inside another one. Part of graphs that Alimflow makes itself. */
export default defineNode({
  type: PART_EXIT,
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  hidden: true,
  title: { en: 'Goes out', ko: '나가는 곳' },
  help: { en: 'The end of a workflow inside another one.', ko: '다른 워크플로 안에 넣은 워크플로의 끝이에요.' },
  icon: 'logout-2',
  ports: { in: { rows: { kind: 'rows', keep: true } }, out: { rows: { kind: 'rows', keep: true } } },
  config: Type.Object({}, { additionalProperties: false }),
  defaults: {},
  columns: (_config, inputs) => ({ out: { rows: inputs.rows ?? [] } }),
  process: (batch) => ({ rows: batch }),
  examples: [{ config: {}, in: [{ name: '김서연' }], out: { rows: [{ name: '김서연' }] } }],
})
