import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { MessageItem } from '#schemas/message.ts'
import { messageTable } from './export-table.ts'

const item: MessageItem = {
  id: 'm1',
  number: 1,
  runId: 'r',
  nodeId: 'talk',
  channel: 'alimtalk',
  provider: 'sandbox',
  state: 'failed',
  reason: { code: 'provider-refused', message: '없는 번호, "3104"' },
  address: '010-1234-5678',
  name: '김하늘',
  attempt: 2,
  sentAt: '2026-11-26T20:00:05.000Z',
  finalAt: null,
  cost: { amount: '13', currency: 'KRW' },
}
const words = { language: 'ko', timezone: 'Asia/Seoul', step: (id: string) => `단계 ${id}` } as const

async function* pagesOf(...pages: MessageItem[][]): AsyncGenerator<MessageItem[]> {
  for (const page of pages) yield page
}

test('opens in a spreadsheet as it is: mark, quotes, wall times of the workspace, and no formulas', async () => {
  const bad = ['=1+1', '+82', '-3', '@x'].map((name, index) => ({ ...item, number: index + 2, name, reason: null, sentAt: null }))
  const table = await buffer(messageTable(pagesOf([item], [], bad), words))
  expect([...table.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const lines = table.subarray(3).toString().split('\r\n')
  expect(lines[0]).toBe('번호,이름,받는 곳,단계,발송사,결과,이유,코드,보낸 횟수,보낸 때,끝난 때,비용,메시지')
  expect(lines[1]).toBe(
    '1,김하늘,010-1234-5678,단계 talk,sandbox,실패,"없는 번호, ""3104""",provider-refused,2,2026-11-27 05:00:05,,13,m1',
  )
  expect(lines.slice(2, 6).map((line) => line.split(',')[1])).toEqual(["'=1+1", "'+82", "'-3", "'@x"])
  expect(lines).toHaveLength(7)
})

test('a page that cannot be read breaks the file off instead of ending it', async () => {
  async function* broken(): AsyncGenerator<MessageItem[]> {
    yield [item]
    throw new Error('gone')
  }
  await expect(buffer(messageTable(broken(), words))).rejects.toThrow('gone')
})
