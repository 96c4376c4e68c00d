import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { defineNode, type Batch } from '#runtime/sdk/index.ts'
import { eventColumns, eventSpec, exampleRow, payloadFields } from './event/payload-fields.ts'

/** Starts with each event of a name: one event is one recipient. */
export default defineNode({
  type: 'event-trigger',
  version: 1,
  role: 'trigger',
  effect: 'pure',
  scope: 'row',
  title: { en: 'When something happens', ko: '일이 생기면' },
  help: {
    en: 'Your service reports an event (POST /api/events), and its message goes out at once. Works while the workflow is published and switched on.',
    ko: '서비스가 이벤트를 알리면(POST /api/events) 그 사람에게 바로 보내요. 게시하고 켜 둔 동안 작동해요.',
  },
  icon: 'bolt',
  keywords: ['event', 'signup', 'api', 'trigger', '이벤트', '가입', '주문', '신호'],
  ports: { in: {}, out: { start: 'rows' } },
  config: Type.Object(
    {
      event: Type.String({
        minLength: 1,
        maxLength: 100,
        pattern: '^[A-Za-z0-9가-힣][A-Za-z0-9가-힣._:/-]*$',
        ...field({
          title: { en: 'Event', ko: '이벤트 이름' },
          help: { en: 'As your service calls it', ko: '서비스에서 부르는 이름 그대로 적어요' },
          placeholder: { en: 'user.signed-up', ko: 'user.signed-up' },
        }),
      }),
      columns: payloadFields(),
    },
    { additionalProperties: false },
  ),
  defaults: { event: '', columns: [{ name: 'phone', type: 'text', required: true, example: '010-1234-5678' }] },
  summary: ({ event }) => ({ en: `On “${event}”`, ko: `‘${event}’ 이벤트` }),
  columns: ({ columns }) => eventColumns(columns),
  event: ({ event, columns }) => eventSpec(event, columns),
  async *read({ columns }, context): AsyncGenerator<Batch> {
    yield [exampleRow(columns, context.run.startedAt)]
  },
  examples: [
    {
      title: { en: 'Whoever signed up', ko: '방금 가입한 사람' },
      config: {
        event: 'user.signed-up',
        columns: [
          { name: 'name', type: 'text', required: true, example: '김서연' },
          { name: 'phone', type: 'text', required: true, example: '010-1234-5678' },
        ],
      },
    },
  ],
})
