import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '#server/test/app.ts'
import { finishedReport } from './test/finished-report.ts'

let server: TestApp
let runId = ''

// More than one page of the export.
const PEOPLE = 1_200

let close: () => Promise<void> = async () => undefined
beforeAll(async () => {
  ;({ server, runId, close } = await finishedReport({ people: PEOPLE, optedOut: 3 }))
}, 90_000)
afterAll(() => close())

async function file(query = '', language = 'ko') {
  const { headers, statusCode, body } = await server.app.inject({
    url: `/api/runs/${runId}/messages.csv${query}`,
    headers: { 'accept-language': language },
  })
  return { headers, statusCode, lines: body.replace('\uFEFF', '').trimEnd().split('\r\n') }
}

const audits = async () =>
  (await server.database.pool.query(`select 1 from audit_event where action = 'export' and target_id = $1`, [runId])).rowCount

test('everybody of a run in one file, masked, under the name of the run', async () => {
  const { headers, lines } = await file()
  expect(headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="messages.csv"; filename*=UTF-8''${encodeURIComponent('주간 리뷰 #1.csv')}`,
    'cache-control': 'no-store',
  })
  expect(lines).toHaveLength(PEOPLE + 1)
  expect(lines.filter((line) => line.includes(',제외,'))).toHaveLength(3)
  expect(lines.join()).not.toContain('010-2000-0007')
  expect(lines.join()).toContain('010-****-0007')
  expect(await audits()).toBe(0)
}, 30_000)

test('filtered, in English, unmasked: who asked is written down', async () => {
  const { lines } = await file('?state=skipped&personal=true', 'en')
  expect(lines[0]).toBe('Number,Name,Address,Step,Provider,Result,Reason,Code,Attempts,Sent,Ended,Cost,Message')
  expect(lines).toHaveLength(4)
  expect(lines.slice(1).join()).toMatch(/고객1,.*Left out/)
  expect(await audits()).toBe(1)
})

test('what is asked wrongly is refused before anything is written', async () => {
  expect((await file('?state=nothing')).statusCode).toBe(400)
  expect((await server.call('GET', '/api/runs/none/messages.csv?personal=true')).status).toBe(404)
  expect(await audits()).toBe(1)
})
