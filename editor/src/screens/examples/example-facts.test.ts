import Value from 'typebox/value'
import { expect, test } from 'vitest'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { PreviewMessage } from '#schemas/preview.ts'
import { WorkflowDocument } from '#schemas/workflow.ts'
import { types } from '#editor/model/fixture.ts'
import { chainOf, firstMessages } from './example-facts.ts'
import { readExamples } from './examples.ts'

test('the examples are workflows, each with a name and a word about it', async () => {
  const examples = await readExamples()
  expect(examples.map(({ document }) => document.name)).toEqual(['주간 리뷰 리포트', '결제 예정 알림', '가입 환영 메시지'])
  for (const { key, document } of examples) {
    expect([...Value.Errors(WorkflowDocument, document)], key).toEqual([])
    expect(document.description, key).toMatch(/요\.$/)
  }
})

test('a chain has the steps that this server knows, by their own name or their type’s', () => {
  const known: readonly NodeDescriptor[] = [...types.values()]
  const step = (id: string, type: string, label?: string) => ({
    id,
    type,
    typeVersion: 1,
    position: { x: 0, y: 0 },
    config: {},
    ...(label !== undefined && { label }),
  })
  const nodes = [step('a', 'manual-trigger', '누르면'), step('b', 'gone'), step('c', 'mapping')]
  expect(chainOf({ nodes }, known, 'ko').map(({ label, role }) => [label, role])).toEqual([
    ['누르면', 'trigger'],
    ['변수 채우기', 'transform'],
  ])
})

test('only what the first channel says is shown', () => {
  const message = (nodeId: string, row: number, fallback = false) => ({ nodeId, row, fallback }) as PreviewMessage
  const messages = [message('sms', 0, true), message('talk', 0), message('mail', 0), message('talk', 1)]
  expect(firstMessages({ messages }).map(({ nodeId, row }) => `${nodeId}${row}`)).toEqual(['talk0', 'talk1'])
})
