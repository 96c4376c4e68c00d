import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { defineNode } from '#runtime/sdk/index.ts'

/** Where messages come in that a program sends one by one (POST /api/messages). Part of graphs that Alimflow makes itself. */
export default defineNode({
  type: 'api-sends',
  version: 1,
  role: 'trigger',
  effect: 'pure',
  scope: 'row',
  hidden: true,
  title: { en: 'Sent by the API', ko: 'API로 보냄' },
  help: { en: 'Messages that a program sends one by one.', ko: '프로그램이 하나씩 보내는 메시지예요.' },
  icon: 'code',
  ports: { in: {}, out: { start: 'messages' } },
  config: Type.Object(
    {
      form: Type.Enum(['text', 'kakao'], {
        ...field({
          title: { en: 'Form', ko: '형식' },
          options: { text: { en: 'Text', ko: '글' }, kakao: { en: 'Approved template', ko: '승인된 템플릿' } },
        }),
      }),
    },
    { additionalProperties: false },
  ),
  defaults: { form: 'text' },
  columns: ({ form }) => ({
    out: {
      start: [
        { name: 'to', type: 'text', personal: true, label: '받는 곳' },
        { name: 'received_at', type: 'instant', label: '받은 시각' },
      ],
    },
    form,
  }),
  event: () => ({ name: null, columns: [{ name: 'to', type: 'text', required: true, path: 'to' }] }),
  examples: [{ config: { form: 'text' } }],
})
