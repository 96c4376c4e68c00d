import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { NoticeSettings } from '#schemas/api/notices.ts'
import { allowedAddresses } from '#server/egress/addresses.ts'
import { createEgress } from '#server/egress/egress.ts'
import { createBox } from '#server/secrets/box.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { chain, people } from '#server/worker/test/people.ts'
import { callFails, fakeVendor, openFake } from '#server/worker/test/provider.ts'
import { storeBaseUrl } from './base-url.ts'
import { deliverDue, type DeliverDeps } from './deliver.ts'
import { DEFAULT_RULES } from './limits.ts'
import { planDeliveries } from './plan-deliveries.ts'
import { writeSettings, type StoredSettings } from './settings.ts'
import { look, workspaceId } from './test/notices.ts'
import { webhookReceiver } from './test/receiver.ts'
import { testSmtp, type TestSmtp } from './test/smtp-server.ts'
import { newWebhookSecret } from './webhook.ts'

const allows = allowedAddresses('127.0.0.0/8')
const secret = newWebhookSecret()
let bench: Bench
let hook: Awaited<ReturnType<typeof webhookReceiver>>
let smtp: TestSmtp
let log: ReturnType<typeof quietLog>
const egress = createEgress({ allows })

beforeAll(async () => {
  ;[bench, hook, smtp] = await Promise.all([Bench.open(), webhookReceiver(secret), testSmtp()])
  await storeBaseUrl(pool(), { publicUrl: 'https://alim.example.com/', host: '127.0.0.1', port: 3000 })
})
beforeEach(() => {
  log = quietLog()
  hook.received.length = 0
  hook.answer()
  smtp.taken.length = 0
  smtp.behave({})
})
afterEach(async () => {
  await bench.rest()
  await pool().query(
    'update workflow_run set kind = 1; delete from notice; delete from notice_delivery; delete from notice_settings',
  )
})
afterAll(async () => {
  await Promise.all([bench.close(), hook.close(), smtp.close(), egress.close()])
})

const pool = () => bench.database.pool
const box = () => createBox(bench.ring, 'workspace')
const deps = (): DeliverDeps => ({
  pool: pool(),
  box: box(),
  http: egress.forProvider('Webhook'),
  allows,
  log,
})

async function configure(part: { webhook?: boolean; email?: boolean; kinds?: NoticeSettings['kinds'] }): Promise<void> {
  const settings: StoredSettings = {
    ...DEFAULT_RULES,
    ...(part.kinds && { kinds: part.kinds }),
    webhook: { enabled: part.webhook ?? false, url: hook.url },
    email: {
      enabled: part.email ?? false,
      host: '127.0.0.1',
      port: smtp.port,
      tls: 'off',
      user: '',
      from: 'a@example.com',
      to: ['ops@example.com'],
    },
    secrets: { webhookSecret: secret },
  }
  await writeSettings({ pool: pool(), box: box() }, { workspaceId, settings, actor: 'test' })
}
/** One round of the watch; what was planned less than a minute ago does not hold back the next one. */
async function round(): Promise<void> {
  await look(pool())
  await planDeliveries(pool(), { quietS: 0 })
  await deliverDue(deps())
}
const stored = async () =>
  (
    await pool().query<{ state: string; attempts: number; error: { code: string } | null }>(
      'select * from notice_delivery order by created_at',
    )
  ).rows

// Counted, for a random number may look like a phone number.
let made = 0

async function stoppedRun(): Promise<string> {
  bench.providers.set(
    'alimtalk',
    openFake(
      fakeVendor({
        before: () => {
          throw callFails('configuration')
        },
      }),
    ),
  )
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(1) }), `발송 ${++made}`)
  await bench.until(runId, ['paused'])
  return runId
}

test('a stopped run is told once by webhook, signed, and its end once', async () => {
  await configure({ webhook: true, kinds: ['paused'] })
  const runId = await stoppedRun()
  await round()
  await round()
  expect(hook.received).toHaveLength(1)
  const [first] = hook.received
  expect(first).toMatchObject({
    verified: true,
    body: { type: 'notices', data: { notices: [{ code: 'run-paused', state: 'open' }] } },
  })
  const [said] = first?.body.data.notices ?? []
  expect(said?.url).toBe(`https://alim.example.com/runs/${runId}`)
  expect(said?.advice).toMatch(/^이유: … 설정을 고쳐야 해요.*\(provider-configuration\)\n.*이어서 보내기/s)
  expect(said?.advice).not.toContain('K1')
  // Nobody works on it any more: a worker would be refused and stop it again before the end is told.
  await bench.rest()
  await pool().query('update workflow_run set state = 3 where id = $1', [runId])
  await round()
  await round()
  expect(hook.received.map(({ body }) => body.data.notices.map(({ state }) => state))).toEqual([['open'], ['resolved']])
})

test('many at once are one message; kinds that are not wanted are none', async () => {
  await configure({ webhook: true, email: true, kinds: ['paused'] })
  await stoppedRun()
  const second = await bench.start(chain({ rows: people(1) }), `둘째 ${++made}`)
  await bench.until(second, ['paused'])
  await pool().query(`update workflow_run set started_at = now() - interval '1 day' where id = $1`, [second])
  await round()
  expect(hook.received.map(({ body }) => body.data.notices.length)).toEqual([2])
  expect(smtp.taken).toHaveLength(1)
  expect(smtp.taken[0]?.to).toEqual(['ops@example.com'])
})

test('a receiver that fails is tried again with the same id; the wait grows; the reason is kept', async () => {
  await configure({ webhook: true, kinds: ['paused'] })
  hook.answer(503)
  await stoppedRun()
  await round()
  expect(await stored()).toMatchObject([
    { state: 'ready', attempts: 1, error: { code: 'notice-webhook-failed', fields: { detail: 'HTTP 503' } } },
  ])
  await round()
  expect(hook.received).toHaveLength(1)
  await pool().query('update notice_delivery set next_at = now()')
  await round()
  expect(await stored()).toMatchObject([{ state: 'delivered', attempts: 2 }])
  expect(new Set(hook.received.map(({ id }) => id)).size).toBe(1)
  expect(hook.received[0]?.body).toEqual(hook.received[1]?.body)
})

test('however many processes plan and send, nobody is told twice', async () => {
  await configure({ webhook: true, email: true, kinds: ['paused'] })
  await stoppedRun()
  await look(pool())
  await Promise.all(Array.from({ length: 4 }, () => planDeliveries(pool(), { quietS: 0 })))
  await Promise.all(Array.from({ length: 4 }, () => deliverDue(deps())))
  expect(hook.received).toHaveLength(1)
  expect(smtp.taken).toHaveLength(1)
})

test('a sender that died: a webhook is posted again under its id, an e-mail is not', async () => {
  await configure({ webhook: true, email: true, kinds: ['paused'] })
  await stoppedRun()
  await look(pool())
  await planDeliveries(pool(), { quietS: 0 })
  await pool().query(`update notice_delivery set state = 'claimed', attempts = 1, claimed_at = now() - interval '1 hour'`)
  await deliverDue(deps())
  expect(hook.received).toHaveLength(1)
  expect(smtp.taken).toEqual([])
  expect((await stored()).map(({ state }) => state).toSorted()).toEqual(['delivered', 'unknown'])
})

test('no secret, no address and nothing personal in rows, logs and messages', async () => {
  await configure({ webhook: true, email: true })
  smtp.behave({ answer: (line) => (line.startsWith('RCPT') ? '550 no' : undefined) })
  await stoppedRun()
  await round()
  const { rows } = await pool().query<{ text: string }>(
    `select (select json_agg(d) from notice_delivery d)::text || (select json_agg(n) from notice n)::text || (select json_agg(s) from notice_settings s)::text as text`,
  )
  // Sealed bytes are written as random hexadecimal digits, which now and then look like a number: `\\x0104284630a4…`.
  const stands = String(rows[0]?.text).replaceAll(/\\\\x[0-9a-f]+/g, 'sealed')
  expect(stands).toContain('"sealed"')
  const everything = `${stands}${log.messages.join()}${JSON.stringify(hook.received)}`
  expect(everything).not.toContain(secret.slice(6))
  expect(everything).not.toMatch(/사람 1|010\d{7,8}/)
  expect((await stored()).map(({ state }) => state).toSorted()).toEqual(['delivered', 'failed'])
})
