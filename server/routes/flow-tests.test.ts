import { afterAll, beforeAll, expect, test } from 'vitest'
import report from '../../examples/weekly-review-report.json' with { type: 'json' }
import reportTests from '../../examples/weekly-review-report.test.json' with { type: 'json' }
import type { FlowTestResult } from '#schemas/api/flow-tests.ts'
import { testApp, type TestApp } from '#server/test/app.ts'

let server: TestApp
let id = ''
beforeAll(async () => {
  server = await testApp()
  id = (await server.call<{ id: string }>('POST', '/api/workflows', { body: report })).body.id
})
afterAll(() => server.close())

const run = (body: object) => server.call<FlowTestResult>('POST', `/api/workflows/${id}/flow-tests`, { body })

test('a file of flow tests is run with the draft, or with one that is not saved, and says case by case what is wrong', async () => {
  const passed = await run({ file: reportTests })
  expect(passed.body).toEqual({
    ok: true,
    cases: reportTests.tests.map(({ name }) => ({ name, ok: true, lines: [] })),
  })
  const nodes = report.nodes.filter(({ id: step }) => step !== 'leave-out')
  const changed = await run({ file: reportTests, document: { ...report, nodes } })
  expect(changed.body.ok).toBe(false)
  expect(changed.body.cases[0]?.lines.join()).toContain('leave-out')
})

test('a file that is none is refused with the places that are wrong', async () => {
  const answer = await server.call<{ error: { code: string; fields: { path: string }[] } }>(
    'POST',
    `/api/workflows/${id}/flow-tests`,
    { body: { file: { tests: [{ name: '', given: {}, expect: {} }] } } },
  )
  expect([answer.status, answer.body.error.code]).toEqual([422, 'invalid-fields'])
  expect(answer.body.error.fields.map(({ path }) => path)).toContain('file/tests/0/name')
  expect((await server.call('POST', '/api/workflows/none/flow-tests', { body: { file: reportTests } })).status).toBe(404)
})
