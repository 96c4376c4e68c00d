import Type from 'typebox'
import { defineNode } from '#runtime/sdk/index.ts'

/** Starts when a person, or a script, says so. */
export default defineNode({
  type: 'manual-trigger',
  version: 1,
  role: 'trigger',
  effect: 'pure',
  scope: 'audience',
  title: { en: 'Start by hand', ko: '직접 시작' },
  help: { en: 'Runs when you press “Run”, or when a script calls the API.', ko: '‘실행’을 누르거나 API를 부를 때 시작해요.' },
  icon: 'hand-click',
  keywords: ['manual', 'run', '수동', '버튼', '시작'],
  ports: { in: {}, out: { start: 'start' } },
  config: Type.Object({}, { additionalProperties: false }),
  defaults: {},
  summary: () => ({ en: 'When you press “Run”', ko: '‘실행’을 누르면' }),
  columns: () => ({ out: { start: [] } }),
  examples: [{ config: {} }],
})
