import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { expand } from '#runtime/test/short-workflow.ts'
import { projectFolder } from '#server/config.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { runCli } from '../test/run-cli.ts'
import { productAt } from './product.ts'
import { importFile } from './remote.ts'

const TOKEN = 'a-token-of-a-test-0123456789'
const folder = mkdtempSync(join(tmpdir(), 'alimflow-remote-'))
let app: TestApp
let url = ''
beforeAll(async () => {
  app = await testApp({ token: TOKEN })
  url = await app.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await app?.close()
  rmSync(folder, { recursive: true, force: true })
})
const alimflow = (...args: string[]) => runCli('alimflow.ts', args, { env: { ALIMFLOW_URL: url, ALIMFLOW_TOKEN: TOKEN } })
const file = join(folder, 'welcome.json')

test('a workflow of a file goes into a running product, is changed there, and comes out as it was', async () => {
  // Our own example.
  const document = JSON.parse(readFileSync(join(projectFolder, 'examples/welcome-message.json'), 'utf8')) as WorkflowDocument
  writeFileSync(file, JSON.stringify({ ...document, name: '환영/인사' }))
  const first = await alimflow('import', file)
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining('made: ') as string })
  const groups = [{ id: 'who', title: '받는 사람', color: 'blue', steps: [document.nodes[0]?.id ?? ''] }]
  const notes = [{ id: 'why', text: '왜 보내나요?', position: { x: 0, y: -120 }, size: { width: 220, height: 90 } }]
  const { settings, ...changed } = { ...document, name: '환영/인사', description: 'changed', groups, notes }
  const text = `${JSON.stringify({ ...changed, ...(settings && { settings }) }, null, 2)}\n`
  writeFileSync(file, text)
  expect(await alimflow('import', file)).toMatchObject({ code: 0, out: expect.stringContaining('changed: ') as string })

  const out = join(folder, 'out')
  expect((await alimflow('export', '--out', out)).code).toBe(0)
  expect(readdirSync(out)).toEqual(['환영-인사.json'])
  // To the letter: git sees no difference.
  expect(readFileSync(join(out, '환영-인사.json'), 'utf8')).toBe(text)
}, 180_000)

test('a preview shows the messages and sends nothing', async () => {
  const { code, out } = await alimflow('preview', file)
  expect(out).toContain('김서연')
  expect(code).toBe(0)
  const { rows } = await app.database.pool.query<{ count: string }>('select count(*) from workflow_run')
  expect(rows[0]?.count).toBe('0')
}, 180_000)

test('what is not there, a wrong token and a product that does not answer end with 1 and a sentence', async () => {
  expect((await alimflow('run', 'nobody')).code).toBe(1)
  const refused = await alimflow('export', '--token', 'another-token-0123456789')
  expect(refused.code).toBe(1)
  expect(refused.err).toContain('unauthorized')
  const nobody = await alimflow('export', '--url', 'http://127.0.0.1:1')
  expect(nobody.err).toContain('[product-unreachable]')
}, 180_000)

test('a workflow inside that is here under another id is found by its name', async () => {
  const api = productAt(url, TOKEN)
  const columns = [{ name: 'phone', type: 'text', required: true }]
  const inner = expand({
    nodes: { in: { type: 'part-input', config: { takes: 'rows', columns } }, out: { type: 'part-output', label: '끝' } },
    edges: ['in.rows -> out.rows'],
  })
  const { id } = await api.call<Workflow>('POST', '/api/workflows', { body: { ...inner, name: '함께 쓰는 것' } })
  await api.call('POST', `/api/workflows/${id}/publish`)
  const step = { type: 'sub-workflow', config: { workflow: 'of-elsewhere', version: 7, name: '함께 쓰는 것' } }
  const path = join(folder, 'uses.json')
  writeFileSync(path, JSON.stringify({ ...expand({ nodes: { step } }), name: '쓰는 것' }))
  const made = await importFile(path, api)
  expect(made).toMatchObject({ ok: true })
  const saved = await api.call<Workflow>('GET', `/api/workflows/${made.items[0]?.lines[0]?.replace('made: ', '')}`)
  expect(saved.document.nodes[0]?.config).toEqual({
    workflow: id,
    version: 1,
    name: '함께 쓰는 것',
    takes: 'rows',
    needs: columns,
    exits: [{ id: 'out', name: '끝', kind: 'rows' }],
  })
}, 60_000)

test('a three-step workflow becomes a draft with a report, once', async () => {
  const api = productAt(url, TOKEN)
  const path = join(folder, 'three-step.json')
  writeFileSync(path, JSON.stringify({ name: '옛 워크플로', status: 'active', target_config: { targetGroups: [] } }))
  const made = await importFile(path, api)
  expect(made.items[0]?.lines).toEqual([
    expect.stringContaining('made: ') as string,
    expect.stringContaining('warning: ') as string,
  ])
  expect(await importFile(path, api)).toMatchObject({ ok: false })
}, 180_000)
