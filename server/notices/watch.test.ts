import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { systemClock } from '#server/clock.ts'
import { allowedAddresses } from '#server/egress/addresses.ts'
import { createEgress } from '#server/egress/egress.ts'
import { createBox } from '#server/secrets/box.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { chain, people } from '#server/worker/test/people.ts'
import { fakeVendor, openFake } from '#server/worker/test/provider.ts'
import { DEFAULT_RULES } from './limits.ts'
import { writeSettings, type StoredSettings } from './settings.ts'
import { notices, workspaceId } from './test/notices.ts'
import { webhookReceiver } from './test/receiver.ts'
import { startNotices, type NoticeDeps } from './watch.ts'
import { newWebhookSecret } from './webhook.ts'

const secret = newWebhookSecret()
const allows = allowedAddresses('127.0.0.0/8')
const egress = createEgress({ allows })
let bench: Bench
let hook: Awaited<ReturnType<typeof webhookReceiver>>

beforeAll(async () => {
  ;[bench, hook] = await Promise.all([Bench.open(), webhookReceiver(secret)])
})
afterAll(() => Promise.all([bench.close(), hook.close(), egress.close()]))

test('two processes watch: a failed run is told once, also when both start again', { timeout: 90_000 }, async () => {
  const { pool } = bench.database
  const box = createBox(bench.ring, 'workspace')
  const settings: StoredSettings = {
    ...DEFAULT_RULES,
    webhook: { enabled: true, url: hook.url },
    email: { enabled: false, host: '', port: 587, tls: 'starttls', user: '', from: '', to: [] },
    secrets: { webhookSecret: secret },
  } as const
  await writeSettings({ pool, box }, { workspaceId, settings, actor: 'test' })
  bench.providers.set('alimtalk', openFake(fakeVendor()))
  await bench.engine()
  const deps: NoticeDeps = {
    pool,
    box,
    http: egress.forProvider('Webhook'),
    allows,
    log: quietLog(),
    clock: systemClock,
    plan: async () => null,
  }
  let watches = [startNotices(deps), startNotices(deps)]
  const runId = await bench.start(chain({ rows: people(2), dieAfter: 0 }))
  await bench.until(runId, ['failed'])
  await vi.waitFor(() => expect(hook.received).toHaveLength(1), { timeout: 30_000, interval: 200 })
  expect(hook.received[0]).toMatchObject({ verified: true, body: { data: { notices: [{ code: 'run-failed' }] } } })
  await Promise.all(watches.map((watch) => watch.stop()))

  const looked = await lastLook()
  watches = [startNotices(deps), startNotices(deps)]
  await vi.waitFor(async () => expect(await lastLook()).not.toBe(looked), { timeout: 30_000, interval: 200 })
  await Promise.all(watches.map((watch) => watch.stop()))
  expect(hook.received).toHaveLength(1)
  expect(await notices(pool)).toMatchObject([{ kind: 'failed', state: 'open', count: 1, turn: 1 }])
})

async function lastLook(): Promise<string> {
  const { rows } = await bench.database.pool.query<{ looked_at: string }>('select looked_at from notice_look')
  return rows[0]?.looked_at ?? ''
}
