import { readdirSync, readFileSync } from 'node:fs'
import Value from 'typebox/value'
import { expect, test } from 'vitest'
import { Preview } from '#schemas/preview.ts'
import { createDescriptionCache } from '#runtime/compile/description-cache.ts'
import { createRegistry } from '#runtime/registry.ts'
import { memoryHost } from '#runtime/test/memory-host.ts'
import { expand, type ShortWorkflow } from '#runtime/test/short-workflow.ts'
import { tinyNodes } from '#runtime/test/tiny-nodes.ts'
import { preview, type PreviewDeps } from './preview.ts'
import type { PinnedSamples } from './samples.ts'

const registry = createRegistry({ nodes: tinyNodes, providers: [] })
const host = memoryHost({ statements: { q: [{ name: 'total', type: 'integer' }] } })

const people = [
  { name: '김민수', contacts: '01011112222', plan: 'pro' },
  { name: '이영희', contacts: '01033334444', plan: 'free' },
  { name: '박BAD', contacts: '01055556666', plan: 'pro' },
  { name: '최지우', contacts: '12', plan: 'pro' },
]

const base: ShortWorkflow = {
  nodes: {
    start: { type: 'tiny-trigger' },
    people: { type: 'tiny-source', config: { rows: people } },
    filter: { type: 'tiny-filter', config: { column: 'plan', is: 'pro' } },
    ask: { type: 'tiny-ask', config: { connection: 'shop', sql: 'q' } },
    map: { type: 'tiny-mapping', config: { variables: { 이름: { column: 'name' }, 건수: { column: 'total' } } } },
    text: { type: 'tiny-template', config: { text: '#{이름}님 #{건수}건', code: 'T1' } },
    kakao: { type: 'tiny-alimtalk', config: { connection: 'sandbox', address: 'contacts' } },
    sms: { type: 'tiny-sms', config: { connection: 'sandbox', address: 'contacts' } },
  },
  edges: [
    'start.start -> people.start',
    'people.rows -> filter.rows',
    'filter.matched -> ask.rows',
    'ask.rows -> map.rows',
    'map.rows -> text.rows',
    'text.messages -> kakao.messages',
    'kakao.undelivered -> sms.messages',
  ],
}

function shown(
  nodes: Partial<ShortWorkflow['nodes']> = {},
  more: Partial<PreviewDeps> & { edges?: readonly string[] } = {},
): Promise<Preview> {
  const { edges = base.edges ?? [], ...deps } = more
  const all = Object.fromEntries(
    Object.entries({ ...base.nodes, ...nodes }).filter(([, node]) => node !== undefined),
  ) as ShortWorkflow['nodes']
  return preview(expand({ nodes: all, edges }), {
    registry,
    host,
    cache: createDescriptionCache(host.clock),
    timezone: 'Asia/Seoul',
    signal: new AbortController().signal,
    limit: 10,
    ...deps,
  })
}

test('the texts that people would get, channel by channel, fallbacks marked, addresses masked', async () => {
  const result = await shown()
  expect([...Value.Errors(Preview, result)]).toEqual([])
  expect(result.problems).toEqual([])
  expect(
    result.messages.map(({ nodeId, row, name, address, parts, fallback, error }) => [
      row,
      nodeId,
      name,
      address,
      parts.body,
      fallback,
      error?.code ?? null,
    ]),
  ).toEqual([
    [0, 'kakao', '김**', '010-****-2222', '김민수님 3건', false, null],
    [0, 'sms', '김**', '010-****-2222', '김민수님 3건', true, null],
    [2, 'kakao', '박***', '010-****-6666', '박BAD님 3건', false, 'text-empty'],
    [3, 'kakao', '최**', '****', '최지우님 3건', false, 'address-unusable'],
    [3, 'sms', '최**', '****', '최지우님 3건', true, 'address-unusable'],
  ])
  expect(result.messages[0]).toMatchObject({
    channel: 'alimtalk',
    variables: { 이름: '김민수', 건수: '3' },
    missing: [],
    length: { used: 7 },
  })
})

test('rows in and out at every step, masked, in the order of the columns', async () => {
  const { nodes } = await shown()
  expect(nodes.people?.out.rows?.rows[0]).toEqual({ name: '김**', contacts: '010-****-2222', plan: 'pro' })
  expect(nodes.filter?.out.rest?.rows).toEqual([{ name: '이**', contacts: '010-****-4444', plan: 'free' }])
  expect(nodes.ask).toMatchObject({ statements: 1, in: { rows: { more: false } } })
  expect(nodes.ask?.out.rows?.rows.map(({ total }) => total)).toEqual([3, 3, 3])
  expect(nodes.kakao?.in.messages?.rows).toHaveLength(3)
  expect(Object.keys(nodes)).toEqual(['people', 'filter', 'ask', 'map', 'text', 'kakao', 'sms'])
  expect(nodes.filter?.tookMs).toBeGreaterThan(0)
})

test('only as many people as wanted, and it says that there are more', async () => {
  const { nodes, messages } = await shown({}, { limit: 2 })
  expect(nodes.people?.out.rows).toMatchObject({ more: true })
  expect(nodes.people?.out.rows?.rows).toHaveLength(2)
  expect(new Set(messages.map(({ row }) => row))).toEqual(new Set([0]))
  expect((await shown({}, { limit: 4 })).nodes.people?.out.rows?.more).toBe(false)
})

test('up to a step, and not behind it', async () => {
  const { nodes, messages } = await shown({}, { until: 'map' })
  expect(Object.keys(nodes)).toEqual(['people', 'filter', 'ask', 'map'])
  expect(messages).toEqual([])
  await expect(shown({}, { until: 'ghost' })).rejects.toMatchObject({ code: 'not-found' })
})

test('who failed and who was left out, with the reason in the language of the reader', async () => {
  const edges = [
    'start.start -> people.start',
    'people.rows -> dedupe.rows',
    'dedupe.rows -> ask.rows',
    ...(base.edges ?? []).slice(3),
  ]
  const nodes = {
    filter: undefined,
    dedupe: { type: 'tiny-dedupe', config: { column: 'plan' } },
    ask: { type: 'tiny-ask', config: { connection: 'shop', sql: 'q', fails: '이영희' } },
  }
  const result = await shown(nodes, { edges })
  expect(result.nodes.dedupe?.skipped).toEqual(
    [2, 3].map((row) => ({ row, code: 'duplicate', message: '같은 번호가 이미 있어요.' })),
  )
  expect(result.nodes.ask?.failed).toEqual([{ row: 1, code: 'query-failed', message: '이 사람의 값을 조회하지 못했어요: no' }])
  expect((await shown(nodes, { edges, language: 'en' })).nodes.dedupe?.skipped[0]?.message).toBe(
    'The same address is in the audience already.',
  )
})

test('a hole that nothing fills is shown, and named', async () => {
  const result = await shown({ text: { type: 'tiny-template', config: { text: '#{이름} #{기간}', code: 'T1' } } })
  expect(result.problems.map(({ code }) => code)).toEqual(['variable-not-mapped'])
  expect(result.messages[0]).toMatchObject({ parts: { body: '김민수 #{기간}' }, missing: ['기간'] })
})

test('a column of one variable that is gone leaves a hole, the others are filled', async () => {
  const result = await shown({
    map: { type: 'tiny-mapping', config: { variables: { 이름: { column: 'nmae' }, 건수: { column: 'total' } } } },
  })
  expect(result.problems).toMatchObject([
    { code: 'unknown-column', fix: { config: { variables: { 이름: { column: 'name' } } } } },
  ])
  expect(result.messages[0]).toMatchObject({ parts: { body: '#{이름}님 3건' }, missing: ['이름'] })
})

test('without a provider the texts are shown all the same', async () => {
  const result = await shown({ kakao: { type: 'tiny-alimtalk', config: { connection: '', address: 'contacts' } } })
  expect(result.problems.map(({ code, nodeId }) => [code, nodeId])).toEqual([['config-missing', 'kakao']])
  expect(result.messages[0]?.parts.body).toBe('김민수님 3건')
})

test('a graph with errors is shown up to the steps that are broken', async () => {
  const unknownColumn = await shown({ filter: { type: 'tiny-filter', config: { column: 'plam', is: 'pro' } } })
  expect(unknownColumn.problems.map(({ code }) => code)).toEqual(['unknown-column'])
  expect(Object.keys(unknownColumn.nodes)).toEqual(['people'])
  const brokenSql = await shown({ ask: { type: 'tiny-ask', config: { connection: 'shop', sql: 'nonsense' } } })
  expect(brokenSql.problems.map(({ code }) => code)).toEqual(['sql-error'])
  expect(Object.keys(brokenSql.nodes)).toEqual(['people', 'filter'])
  expect(
    (
      await preview(
        { schemaVersion: 9 },
        {
          registry,
          host,
          cache: createDescriptionCache(host.clock),
          timezone: 'UTC',
          signal: new AbortController().signal,
          limit: 1,
        },
      )
    ).problems[0]?.code,
  ).toBe('invalid-workflow')
})

test('a source that dies in mid-stream is a problem of its step, and nothing is shown as if it were all', async () => {
  const result = await shown({ people: { type: 'tiny-source', config: { rows: people, breaksAfter: 2 } } })
  expect(result.problems).toMatchObject([{ nodeId: 'people', code: 'source-broken' }])
  expect(result.messages).toEqual([])
})

test('no channel yet: rows are shown as far as there are steps', async () => {
  const result = await shown({ kakao: undefined, sms: undefined }, { edges: (base.edges ?? []).slice(0, 5) })
  expect(result.problems.map(({ code }) => code)).toEqual(['no-channel', 'leads-nowhere'])
  expect(result.nodes.text?.out.messages?.rows).toHaveLength(3)
})

test('a long value is cut', async () => {
  const { nodes } = await shown({
    people: { type: 'tiny-source', config: { rows: [{ name: '김', contacts: '01011112222', plan: 'x'.repeat(5_000) }] } },
  })
  expect(String(nodes.people?.out.rows?.rows[0]?.plan)).toHaveLength(301)
})

test('a preview cannot send: no file of it names a provider, and what it is given has none', () => {
  const folder = new URL('.', import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  expect(files.length).toBeGreaterThan(3)
  for (const name of files) {
    const code = readFileSync(new URL(name, folder), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    expect(code, name).not.toMatch(/provider|\.send\(|Session|CallFailed/i)
  }
  // The type of what it is given: only node types can be asked of the registry.
  const deps: keyof PreviewDeps['registry'] = 'node'
  expect(deps).toBe('node')
})

test('what waits is shown as if the wait were over, and when that is; a second wait begins where the first one ends', async () => {
  const now = host.clock.now().getTime()
  const { messages, problems, nodes } = await shown(
    { filter: undefined, wait: { type: 'tiny-wait' }, wait2: { type: 'tiny-wait' } },
    {
      edges: [
        'start.start -> people.start',
        'people.rows -> wait.rows',
        'wait.after -> ask.rows',
        'ask.rows -> map.rows',
        'map.rows -> text.rows',
        'text.messages -> kakao.messages',
        'kakao.undelivered -> wait2.rows',
        'wait2.after -> sms.messages',
      ],
    },
  )
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const hours = (nodeId: string): number[] =>
    messages
      .filter((message) => message.nodeId === nodeId && message.row === 0)
      .map(({ waitsUntil }) => Math.round((Date.parse(waitsUntil ?? '') - now) / 360_000) / 10)
  expect([hours('kakao'), hours('sms')]).toEqual([[1], [2]])
  expect(messages.find(({ nodeId }) => nodeId === 'sms')?.parts.body).toContain('김민수님')
  // The column of the machinery is not for people.
  expect(nodes['wait']?.out['after']?.columns.map(({ name }) => name)).not.toContain('?waited_until')
})

test('rows that a person pinned are shown in place of asking their source, all of them; the others are sealed row by row', async () => {
  const nodes = {
    people: { type: 'tiny-source', config: { rows: people, breaksAfter: 0 } },
    more: { type: 'tiny-source', config: { rows: people } },
  }
  const edges = [...(base.edges ?? []), 'start.start -> more.start']
  const held = [people[1], people[2], people[3]].flatMap((row) => row ?? [])
  const columnsSeen: string[] = []
  const samples: PinnedSamples = {
    rowsOf: ({ node, columns }) => {
      if (node.id !== 'people') return null
      columnsSeen.push(...columns.map(({ name }) => name))
      return held
    },
    seal: ({ node }, row) => `${node.id}:${JSON.stringify(row['name'])}`,
  }
  const result = await shown(nodes, { edges, samples, limit: 2 })
  // The source would have broken.
  expect(result.problems.map(({ code }) => code)).not.toContain('source-broken')
  expect(columnsSeen).toEqual(['name', 'contacts', 'plan'])
  expect(result.nodes['people']?.out['rows']?.rows.map(({ name }) => name)).toEqual(['이**', '박***', '최**'])
  expect(result.nodes['people']?.sealed).toEqual(['people:"이영희"', 'people:"박BAD"', 'people:"최지우"'])
  // What is pinned takes nothing of the limit for the others.
  expect(result.nodes['more']?.sealed).toEqual(['more:"김민수"', 'more:"이영희"'])
  expect(result.nodes['filter']?.sealed).toBeUndefined()
  expect(new Set(result.messages.map(({ row }) => row))).toEqual(new Set([1, 2]))
  expect((await shown()).nodes['people']?.sealed).toBeUndefined()
})
