import Value from 'typebox/value'
import { expect, test } from 'vitest'
import { AudienceChannel, MissingValue } from '#schemas/audience.ts'
import { createDescriptionCache } from '#runtime/compile/description-cache.ts'
import { createRegistry } from '#runtime/registry.ts'
import { memoryHost } from '#runtime/test/memory-host.ts'
import { expand, type ShortWorkflow } from '#runtime/test/short-workflow.ts'
import { tinyTrigger, tinySource } from '#runtime/test/tiny-nodes.ts'
import mapping from '#nodes/mapping.ts'
import sendSms from '#nodes/send-sms.ts'
import template from '#nodes/template.ts'
import { checkAudience, type AudienceDeps } from '#runtime/audience/check-audience.ts'

const registry = createRegistry({ nodes: [tinyTrigger, tinySource, mapping, template, sendSms], providers: [] })
const host = memoryHost({ statements: {} })

type Person = { name: string | null; memo: string | null; phone: string | null }

const check = (people: readonly Person[], more: Partial<AudienceDeps> = {}) => {
  const nodes: ShortWorkflow['nodes'] = {
    start: { type: 'tiny-trigger' },
    people: { type: 'tiny-source', config: { rows: people } },
    fill: {
      type: 'mapping',
      config: { variables: { 이름: { column: 'name' }, 메모: { column: 'memo', whenNull: 'default', default: '없음' } } },
    },
    text: { type: 'template', config: { text: '#{이름}님 #{메모}' } },
    sms: { type: 'send-sms', config: { connection: 'sandbox', address: 'phone', expiresAfter: 60 } },
  }
  const edges = [
    'start.start -> people.start',
    'people.rows -> fill.rows',
    'fill.rows -> text.rows',
    'text.messages -> sms.messages',
  ]
  return checkAudience(expand({ nodes, edges }), {
    registry,
    host,
    cache: createDescriptionCache(host.clock),
    timezone: 'Asia/Seoul',
    signal: new AbortController().signal,
    language: 'ko',
    limit: 100_000,
    progress: () => Promise.resolve(),
    ...more,
  })
}

const person = (number: number, changes: Partial<Person> = {}): Person => ({
  name: `고객${number}`,
  memo: '안내',
  phone: `0101000${String(number).padStart(4, '0')}`,
  ...changes,
})

test('a whole audience is counted, and the messages worth looking at are kept', async () => {
  const people = Array.from({ length: 2500 }, (_, number) => person(number))
  people[7] = person(7, { name: null })
  people[1201] = person(1201, { memo: null })
  people[1202] = person(1202, { memo: '' })
  people[1300] = person(1300, { memo: '가'.repeat(60) })
  people[1301] = person(1301, { memo: '나'.repeat(1200) })
  people[1302] = person(1302, { memo: '축하해요 🎉' })
  people[1303] = person(1303, { phone: '12' })
  people[2400] = person(2400, { phone: '010-1000-0003' })
  const seen: number[] = []
  const result = await check(people, {
    progress: (figures) => {
      seen.push(figures.people)
      return Promise.resolve()
    },
  })
  expect(seen).toEqual([1000, 2000, 2500])
  expect(result).toMatchObject({ people: 2500, complete: true })
  expect(result.missing).toEqual([
    { nodeId: 'fill', variable: '메모', column: 'memo', count: 2, refused: 1 },
    { nodeId: 'fill', variable: '이름', column: 'name', count: 1, refused: 1 },
  ])
  expect(result.leftOut.map(({ nodeId, code, count }) => [nodeId, code, count])).toEqual([
    ['fill', 'value-null', 1],
    ['fill', 'value-empty', 1],
  ])
  const sms = result.channels[0]
  expect(result.channels).toHaveLength(1)
  expect([
    ...Value.Errors(AudienceChannel, sms),
    ...result.missing.flatMap((one) => [...Value.Errors(MissingValue, one)]),
  ]).toEqual([])
  expect(sms).toMatchObject({ nodeId: 'sms', fallback: false, messages: 2495, repeated: 1, kinds: { SMS: 2494, LMS: 1 } })
  expect(sms?.refused.map(({ code, count }) => [code, count])).toEqual([
    ['text-too-long', 1],
    ['text-not-encodable', 1],
    ['address-unusable', 1],
  ])
  const { cases } = sms ?? {}
  expect(cases?.longest?.row).toBe(1300)
  expect(cases?.costliest?.row).toBe(1300)
  expect(cases?.missing).toMatchObject({ row: 1201, parts: { body: '고객1201님 없음' } })
  expect(cases?.tooLong).toMatchObject({ row: 1301, length: { unit: 'bytes', limit: 2000 } })
  expect(cases?.tooLong?.length.used).toBeGreaterThan(2000)
  expect(cases?.notCarried?.row).toBe(1302)
})

test('it ends at its limit and says so; nobody is dearer where all are alike', async () => {
  const people = Array.from({ length: 30 }, (_, number) => person(number))
  const result = await check(people, { limit: 20 })
  expect(result).toMatchObject({ people: 20, complete: false, missing: [], leftOut: [] })
  expect(result.channels[0]).toMatchObject({ messages: 20, cases: { costliest: null, missing: null, tooLong: null } })
})

test('it stops between two batches when it is called off', async () => {
  const people = Array.from({ length: 5000 }, (_, number) => person(number))
  const controller = new AbortController()
  const reached: number[] = []
  const checking = check(people, {
    signal: controller.signal,
    progress: (figures) => {
      reached.push(figures.people)
      controller.abort(new Error('called off'))
      return Promise.resolve()
    },
  })
  await expect(checking).rejects.toThrow('called off')
  expect(reached).toEqual([1000])
})
