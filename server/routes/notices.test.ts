import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NoticePage, NoticeSettings } from '#schemas/api/notices.ts'
import { lookOnce } from '#server/notices/look.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { DEFAULT_WORKSPACE } from '#server/workspace/workspace.ts'

let server: TestApp

beforeAll(async () => {
  server = await testApp()
})
afterAll(() => server.close())

const settings = () => server.call<NoticeSettings>('GET', '/api/settings/notices')
const put = (body: unknown) => server.call<NoticeSettings>('PUT', '/api/settings/notices', { body })
const list = (language = 'ko') => server.call<NoticePage>('GET', '/api/notices', { headers: { 'accept-language': language } })

test('settings: usual values, a change, secrets that are set and never answered', async () => {
  expect((await settings()).body).toMatchObject({
    failurePercent: 5,
    kinds: ['paused', 'failed', 'waiting', 'late', 'unconfirmed', 'failure-rate', 'connection', 'worker'],
    webhook: { enabled: false },
    secretsSet: [],
    last: { webhook: null, email: null },
  })
  const made = await server.call<{ webhookSecret: string }>('POST', '/api/settings/notices/secret')
  expect(made.body.webhookSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const email = {
    enabled: true,
    host: 'smtp.example.com',
    port: 465,
    tls: 'tls',
    user: 'u',
    from: '알림 <a@example.com>',
    to: ['b@example.com'],
  }
  const changed = await put({
    failurePercent: 10,
    webhook: { enabled: true, url: 'https://example.com/hook' },
    email,
    secrets: { smtpPassword: 'geheim-4711' },
  })
  expect(changed.status).toBe(200)
  expect(changed.body).toMatchObject({ failurePercent: 10, email, secretsSet: ['webhookSecret', 'smtpPassword'] })
  const answered = JSON.stringify([changed.body, (await settings()).body])
  expect(answered).not.toContain('geheim-4711')
  expect(answered).not.toContain(made.body.webhookSecret)
  const { rows } = await server.database.pool.query<{ text: string }>(
    'select row_to_json(s)::text as text from notice_settings s',
  )
  expect(rows[0]?.text).not.toContain('geheim-4711')
  expect((await put({ secrets: { smtpPassword: '' } })).body.secretsSet).toEqual(['webhookSecret'])
})

test('what is switched on must be usable: each field says what is wrong', async () => {
  const bad = await server.call<{ error: { code: string; fields: { path: string }[] } }>('PUT', '/api/settings/notices', {
    body: {
      webhook: { enabled: true, url: 'ftp://x' },
      email: { enabled: true, host: 'a b', port: 25, tls: 'off', user: '', from: 'x', to: ['y@example.com', 'nobody'] },
      secrets: { webhookSecret: 'short' },
    },
  })
  expect(bad.status).toBe(422)
  expect(bad.body.error.fields.map(({ path }) => path)).toEqual([
    'webhook/url',
    'secrets/webhookSecret',
    'email/host',
    'email/from',
    'email/to/1',
  ])
})

test('the test button says exactly what failed, and changes nothing', async () => {
  const before = (await settings()).body
  const ask = (body: unknown) =>
    server.call<{ ok: boolean; error: { code: string; message: string } }>('POST', '/api/settings/notices/test', { body })
  const hook = await ask({ way: 'webhook', changes: { webhook: { enabled: true, url: 'http://127.0.0.1:9/' } } })
  expect(hook.body).toMatchObject({ ok: false, error: { code: 'notice-webhook-failed' } })
  expect(hook.body.error.message).toContain('ALIMFLOW_ALLOW_PRIVATE_HTTP')
  const email = { ...before.email, enabled: true, host: 'no-such-host.invalid' }
  expect((await ask({ way: 'email', changes: { email } })).body).toMatchObject({
    ok: false,
    error: { code: 'notice-smtp-unreachable' },
  })
  expect((await ask({ way: 'email', changes: { email: { ...email, enabled: false, host: '' } } })).body.error.message).toContain(
    'host',
  )
  expect((await settings()).body).toEqual(before)
})

test('a missed worker in the list, in both languages, with what to do; dismissed, it stays away', async () => {
  const at = { pool: server.database.pool, plan: async () => null }
  await lookOnce(at)
  expect((await list()).body).toMatchObject({ items: [], open: 0 })
  await lookOnce(at, { now: new Date(Date.now() + 31_000) })
  const [ko, en] = [await list(), await list('en')]
  expect(ko.body).toMatchObject({
    open: 1,
    items: [{ code: 'workers-none', state: 'open', title: '켜져 있는 워커가 없어요', link: null }],
  })
  expect(en.body.items[0]?.advice).toMatch(/^Nothing is sent until one runs/)
  const id = ko.body.items[0]?.id ?? ''
  expect((await server.call('POST', `/api/notices/${id}/dismiss`)).status).toBe(204)
  await lookOnce(at, { now: new Date(Date.now() + 62_000) })
  expect((await list()).body).toMatchObject({ open: 0, items: [{ state: 'dismissed' }] })
  expect((await server.call('POST', '/api/notices/nothing/dismiss')).status).toBe(404)
})

test('a missed start is one notice of its workflow; switched off, it is over', async () => {
  const { pool } = server.database
  const workflow = '01930000-0000-7000-8000-00000000000a'
  await pool.query(`insert into workflow (id, workspace_id, name, document, enabled) values ($1, $2, '아침 안내', '{}', true)`, [
    workflow,
    DEFAULT_WORKSPACE,
  ])
  const miss = () =>
    pool.query(
      `insert into audit_event (workspace_id, actor, action, target_kind, target_id) values ($1, 'system', 'schedule-missed', 'workflow', $2)`,
      [DEFAULT_WORKSPACE, workflow],
    )
  const at = { pool, plan: async () => null }
  await miss()
  await miss()
  await lookOnce(at)
  await lookOnce(at)
  const late = async () => (await list()).body.items.filter(({ kind }) => kind === 'late')
  expect(await late()).toMatchObject([
    { state: 'open', count: 2, title: '아침 안내 예약 시각을 놓쳤어요', link: `/workflows/${workflow}/runs` },
  ])
  await pool.query('update workflow set enabled = false where id = $1', [workflow])
  await lookOnce(at)
  expect(await late()).toMatchObject([{ state: 'resolved' }])
})
