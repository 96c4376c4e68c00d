import Type from 'typebox'
import { defineNode, type Batch } from '#runtime/sdk/index.ts'
import { eventColumns, eventSpec, exampleRow, payloadFields } from './event/payload-fields.ts'

/** Starts with each signed call of another service to an address of this workflow's own. */
export default defineNode({
  type: 'webhook-trigger',
  version: 1,
  role: 'trigger',
  effect: 'pure',
  scope: 'row',
  title: { en: 'When a webhook comes', ko: '웹훅이 오면' },
  help: {
    en: 'Another service calls an address of this workflow, signed with its secret (Standard Webhooks). Works while the workflow is published and switched on.',
    ko: '다른 서비스가 이 워크플로의 주소로 서명해서 알려요(Standard Webhooks). 게시하고 켜 둔 동안 작동해요.',
  },
  icon: 'webhook',
  keywords: ['webhook', 'hook', 'http', 'signal', '웹훅', '외부 신호', '연동'],
  ports: { in: {}, out: { start: 'rows' } },
  config: Type.Object({ columns: payloadFields() }, { additionalProperties: false }),
  defaults: { columns: [{ name: 'phone', type: 'text', required: true, example: '010-1234-5678' }] },
  summary: () => ({ en: 'When the webhook is called', ko: '웹훅이 불리면' }),
  columns: ({ columns }) => eventColumns(columns),
  event: ({ columns }) => eventSpec(null, columns),
  async *read({ columns }, context): AsyncGenerator<Batch> {
    yield [exampleRow(columns, context.run.startedAt)]
  },
  examples: [
    {
      title: { en: 'A shop reports an order', ko: '쇼핑몰이 주문을 알림' },
      config: {
        columns: [
          { name: 'order_no', type: 'text', required: true, example: 'A-1001', path: 'data.order.number' },
          { name: 'phone', type: 'text', required: true, example: '010-1234-5678', path: 'data.customer.phone' },
        ],
      },
    },
  ],
})
