import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { FlowTestFile } from '#schemas/flow-test.ts'
import { expand, type ShortWorkflow } from '#runtime/test/short-workflow.ts'
import { projectFolder } from '#server/config.ts'
import { registryOf } from '#server/node-types/registry-of.ts'
import { runCli } from '../test/run-cli.ts'
import { testFile, validateFile } from './check-files.ts'
import type { FileReport } from './report.ts'

const folder = mkdtempSync(join(tmpdir(), 'alimflow-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const examples = join(projectFolder, 'examples')
const registry = await registryOf({ pluginsDir: join(folder, 'none') })
/** What became of a file, all lines as one text. */
const linesOf = ({ items }: FileReport) => items.flatMap(({ lines }) => lines)

/** The example's tests, changed, beside a copy of its workflow. */
function written(name: string, change: (tests: FlowTestFile) => void): string {
  // Our own example; the command checks it again.
  const tests = JSON.parse(readFileSync(join(examples, 'weekly-review-report.test.json'), 'utf8')) as FlowTestFile
  tests.workflow = join(examples, 'weekly-review-report.json')
  change(tests)
  const file = join(folder, `${name}.test.json`)
  writeFileSync(file, JSON.stringify(tests))
  return file
}
const firstCase = ({ tests: [first] }: FlowTestFile) => {
  if (first === undefined) throw new Error('the example has no case')
  return first
}

test('every example is valid, and its tests pass, without a server and a database', async () => {
  const names = readdirSync(examples).filter((name) => name.endsWith('.json'))
  const tests = names.filter((name) => name.endsWith('.test.json'))
  expect(tests.length).toBeGreaterThan(0)
  for (const name of names.filter((one) => !tests.includes(one)))
    expect(await validateFile(join(examples, name), registry)).toMatchObject({ ok: true, items: [] })
  for (const name of tests) expect(linesOf(await testFile(join(examples, name), registry))).toEqual([])
})

test('a text that is other than expected, and who is left out, are named', async () => {
  const file = written('other', (tests) => {
    const { expect: wanted } = firstCase(tests)
    wanted.messages?.splice(0, 1, { row: 1, step: 'alimtalk', contains: '새 리뷰 3건' })
    wanted.leftOut?.pop()
  })
  const report = await testFile(file, registry)
  expect(report.ok).toBe(false)
  expect(linesOf(report)).toEqual([
    expect.stringMatching(/^message 1 \(row 1 at "alimtalk"\): the text does not contain "새 리뷰 3건"/),
    'left out: row 4 at "leave-out": bad-address came, was not wanted',
  ])
})

test('an answer that fails concerns its people alone, and what is not given is named', async () => {
  const fails = written('fails', (tests) => {
    const first = firstCase(tests)
    first.given['reviews'] = {
      answers: [
        { when: { company_id: 7 }, fails: 'division by zero' },
        { when: { company_id: 8 }, row: { total_reviews: 1, average_rating: 1.5, needs_reply: 1, week_label: 'x' } },
      ],
    }
    first.expect = {
      messages: [{ row: 2, step: 'alimtalk', contains: '새 리뷰 1건' }],
      leftOut: [
        { row: 1, step: 'reviews', code: 'query-failed' },
        { row: 3, step: 'leave-out', code: 'opted-out' },
        { row: 4, step: 'leave-out', code: 'bad-address' },
      ],
    }
  })
  expect(linesOf(await testFile(fails, registry))).toEqual([])
  const missing = written('missing', (tests) => Object.assign(firstCase(tests).given, { nobody: { rows: [] } }))
  expect(linesOf(await testFile(missing, registry))).toEqual(['given: the workflow has no step "nobody"'])
  const nothing = written('nothing', (tests) => void delete firstCase(tests).given['reviews'])
  expect(linesOf(await testFile(nothing, registry)).join()).toContain('Add the id of its step to "given"')
})

test('a file that is none, or is written wrong, is said by its place', async () => {
  const said = async (file: string) => linesOf(await validateFile(file, registry)).join()
  expect(await said(join(folder, 'none.json'))).toContain('[workflow-file-unusable]')
  const odd = join(folder, 'odd.json')
  writeFileSync(odd, '{ "name": "x", }')
  expect(await said(odd)).toContain('[workflow-file-unusable]')
  const wrong = written('wrong', (tests) => Object.assign(firstCase(tests), { expects: {} }))
  expect(linesOf(await testFile(wrong, registry)).join()).toContain('/tests/0 must NOT have additional properties (expects)')
})

test('a workflow with a mistake is named with its step', async () => {
  const file = join(folder, 'mistake.json')
  const text = readFileSync(join(examples, 'weekly-review-report.json'), 'utf8')
  writeFileSync(file, text.replace('"type": "leave-out"', '"type": "leave-outt"'))
  const report = await validateFile(file, registry)
  expect(report.ok).toBe(false)
  expect(linesOf(report).join()).toContain(' at leave-out')
})

test('the program ends with 0, 1 or 2', async () => {
  const file = join(examples, 'weekly-review-report.test.json')
  const well = await runCli('alimflow.ts', ['test', file, '--json'])
  expect(well).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(well.out)).toMatchObject({ ok: true, files: [{ file, ok: true }] })
  expect((await runCli('alimflow.ts', ['test', join(folder, 'none.test.json')])).code).toBe(1)
  for (const args of [['test'], ['validate', '--yaml', 'x'], ['preview', 'x', '--limit', 'many']])
    expect((await runCli('alimflow.ts', args)).code, args.join(' ')).toBe(2)
}, 180_000)

test('a workflow inside is read from the file beside, and its steps are answered and expected by their ids', async () => {
  const at = (name: string) => join(folder, 'inside', name)
  mkdirSync(join(folder, 'inside'))
  const put = (name: string, content: object) => writeFileSync(at(name), JSON.stringify(content))
  const inner: ShortWorkflow = {
    nodes: {
      in: { type: 'part-input', config: { takes: 'rows', columns: [{ name: 'phone', type: 'text', required: true }] } },
      ask: {
        type: 'variable-query',
        config: { connection: 'shop', sql: 'select count(*) as n from orders where phone = :phone' },
      },
      fill: { type: 'mapping', config: { variables: { 건수: { column: 'n' } } } },
      text: { type: 'template', config: { text: '주문 #{건수}건' } },
      sms: { type: 'send-sms', config: { connection: 'sandbox', address: 'phone', expiresAfter: 1440 } },
    },
    edges: ['in.rows -> ask.rows', 'ask.rows -> fill.rows', 'fill.rows -> text.rows', 'text.messages -> sms.messages'],
  }
  const config = { workflow: 'an-id-of-elsewhere', version: 3, name: '주문 알림' }
  const outer: ShortWorkflow = {
    nodes: {
      start: { type: 'event-trigger', config: { event: 'x', columns: [{ name: 'phone', type: 'text', required: true }] } },
      tell: { type: 'sub-workflow', config },
    },
    edges: ['start.start -> tell.rows'],
  }
  put('outer.json', { ...expand(outer), name: '바깥' })
  expect(linesOf(await validateFile(at('outer.json'), registry)).join()).toMatch(/part-missing at tell.workflow: .*주문 알림/)
  writeFileSync(at('a-settings.json'), '{ // JSON of another program, with comments\n }')
  put('inner.json', { ...expand(inner), name: '주문 알림' })
  const judged = await validateFile(at('outer.json'), registry)
  expect(judged, JSON.stringify(judged)).toMatchObject({ ok: true })
  const given = {
    start: { rows: [{ phone: '010-1234-5678', occurred_at: '2026-01-05T00:00:00Z', received_at: '2026-01-05T00:00:00Z' }] },
    'tell/ask': { answers: [{ when: { phone: '010-1234-5678' }, row: { n: 3 } }] },
  }
  const messages = [{ row: 1, step: 'tell/sms', text: '주문 3건' }]
  // Beside the workflow, also where its tests lie elsewhere.
  const apart = join(folder, 'apart.test.json')
  const tests = [{ name: 'three', given, expect: { messages, leftOut: [] } }]
  writeFileSync(apart, JSON.stringify({ workflow: 'inside/outer.json', tests }))
  expect(linesOf(await testFile(apart, registry))).toEqual([])
})

/** Three lists, two of which are asked with the same words, appended: who is on two of them counts on the first. */
function appended(lines: readonly string[]): object {
  const step = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, position: { x: 0, y: 0 }, config })
  const sql = 'select name, phone from customers'
  const line = (from: string, to: string) => {
    const [source, sourcePort] = from.split('.')
    const [target, targetPort] = to.split('.')
    return { id: `${source}-${target}`, source, sourcePort, target, targetPort }
  }
  return {
    schemaVersion: 1,
    name: '세 목록',
    nodes: [
      step('start', 'manual-trigger', {}),
      step('seoul', 'sql-source', { connection: 'shop', sql }),
      step('busan', 'sql-source', { connection: 'shop', sql }),
      step('pasted', 'list-source', { list: 'vip' }),
      step('all', 'merge', { mode: 'append', sameBy: 'phone', key: 'phone' }),
      step('fill', 'mapping', { variables: { 이름: { column: 'name' } } }),
      step('sms', 'send-sms', { connection: 'sandbox', address: 'phone', template: { text: '#{이름}님, 안녕하세요.' } }),
    ],
    edges: [
      ...['seoul', 'busan', 'pasted'].map((id) => line('start.start', `${id}.start`)),
      ...lines.map((id) => line(`${id}.rows`, 'all.rows')),
      line('all.rows', 'fill.rows'),
      line('fill.rows', 'sms.messages'),
    ],
  }
}

test.each([
  {
    lines: ['seoul', 'busan', 'pasted'],
    texts: ['김서연', '이도윤', '박하린', '최부산'],
    leftOut: [{ row: 5, step: 'all', code: 'duplicate' }],
  },
  {
    lines: ['pasted', 'busan', 'seoul'],
    texts: ['VIP 김서연', '최부산', '이도윤', '박하린'],
    leftOut: [{ row: 3, step: 'all', code: 'duplicate' }],
  },
])(
  'several sources are given rows by step, all of them are read, in the order of the lines: $lines',
  async ({ lines, texts, leftOut }) => {
    const file = join(folder, `${lines.join('-')}.test.json`)
    writeFileSync(file.replace('.test', ''), JSON.stringify(appended(lines)))
    const tests: FlowTestFile = {
      tests: [
        {
          name: 'three lists',
          given: {
            seoul: {
              rows: [
                { name: '김서연', phone: '010-1111-1111' },
                { name: '이도윤', phone: '010-2222-2222' },
                { name: '박하린', phone: '010-3333-3333' },
              ],
            },
            busan: { rows: [{ name: '최부산', phone: '010-4444-4444' }] },
            pasted: { rows: [{ name: 'VIP 김서연', phone: '+82 10 1111 1111' }] },
          },
          expect: { messages: texts.map((name) => ({ step: 'sms', contains: `${name}님` })), leftOut },
        },
      ],
    }
    writeFileSync(file, JSON.stringify(tests))
    expect(linesOf(await testFile(file, registry))).toEqual([])
  },
)
