import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { processInfo } from '#server/database/embedded/process-table.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { superviseWorker, type SupervisedWorker, type WorkerTimes } from './worker-child.ts'

const folder = mkdtempSync(join(tmpdir(), 'alimflow-worker-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Programs that behave as the real worker does, or badly. */
const programs = {
  claiming: `process.on('message', (m) => { if (m.type === 'start') process.send({ type: 'ready' }); if (m.type === 'ping') process.send({ type: 'pong', deadlineMs: 1500 }); if (m.type === 'stop') process.exit(0) })`,
  good: `process.on('message', (m) => { if (m.type === 'start') process.send({ type: 'ready' }); if (m.type === 'ping') process.send({ type: 'pong' }); if (m.type === 'stop') process.exit(0) })`,
  stubborn: `process.on('message', (m) => { if (m.type === 'ping') process.send({ type: 'pong' }) }); process.on('SIGTERM', () => {})`,
  dying: `process.exit(3)`,
}

function supervise(
  kind: keyof typeof programs,
  more: Partial<WorkerTimes> = {},
): { worker: SupervisedWorker; messages: string[] } {
  const program = join(folder, `${kind}.mjs`)
  writeFileSync(program, programs[kind])
  const log = quietLog()
  const times = {
    pingMs: 30,
    unanswered: 8,
    unansweredAtDeadline: 2,
    beforeDeadlineMs: 100,
    restartMs: 20,
    longestRestartMs: 200,
    stopMs: 300,
    ...more,
  }
  const start = { type: 'start', databaseUrl: '', secretKeyHex: '', sampleUrl: null, lanes: 8, lateAfterMs: 1000 } as const
  return { worker: superviseWorker({ start, log, times, program }), messages: log.messages }
}

const gone = (pid: number | null) => processInfo(pid ?? 0)?.zombie !== false
const ok = (worker: SupervisedWorker) => expect.poll(() => worker.state(), { timeout: 5000 }).toBe('ok')

test('a worker that is killed is started again', async () => {
  const { worker, messages } = supervise('good')
  await ok(worker)
  const first = worker.pid()
  process.kill(first ?? 0, 'SIGKILL')
  await expect.poll(() => worker.pid() !== null && worker.pid() !== first, { timeout: 5000 }).toBe(true)
  await ok(worker)
  expect(messages.join()).toContain('SIGKILL')
  const second = worker.pid()
  await worker.stop()
  expect(gone(second)).toBe(true)
  expect(worker.state()).toBe('down')
})

test('one that is renewed ends orderly and begins again at once, without being blamed', async () => {
  const { worker, messages } = supervise('good', { restartMs: 60_000 })
  await ok(worker)
  const first = worker.pid()
  await worker.renew(['plugins/broken.ts'])
  expect(gone(first)).toBe(true)
  await ok(worker)
  expect(worker.pid()).not.toBe(first)
  expect(messages).toEqual([])
  await worker.stop()
})

test('a frozen worker is killed and replaced', async () => {
  const { worker, messages } = supervise('good')
  await ok(worker)
  const frozen = worker.pid()
  process.kill(frozen ?? 0, 'SIGSTOP')
  await expect.poll(() => gone(frozen), { timeout: 5000 }).toBe(true)
  await ok(worker)
  expect(messages.join()).toContain('does not answer')
  await worker.stop()
})

test('a frozen worker is killed before its claim ends, though its other patience is long', async () => {
  const { worker } = supervise('claiming', { unanswered: 1_000_000 })
  await ok(worker)
  await new Promise((resolve) => setTimeout(resolve, 300))
  const frozen = worker.pid()
  const started = performance.now()
  process.kill(frozen ?? 0, 'SIGSTOP')
  await expect.poll(() => gone(frozen), { timeout: 5000 }).toBe(true)
  // Not at once: it may only be slow, as long as nobody else may take its chunks.
  expect(performance.now() - started).toBeGreaterThan(500)
  await worker.stop()
})

test('a worker that answers keeps its life, whatever its claims', async () => {
  const { worker } = supervise('claiming', { beforeDeadlineMs: 10_000 })
  await ok(worker)
  const pid = worker.pid()
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(worker.pid()).toBe(pid)
  await worker.stop()
})

test('a worker that does not stop is killed after its time', async () => {
  const { worker } = supervise('stubborn')
  await expect.poll(() => worker.pid()).not.toBe(null)
  const pid = worker.pid()
  const started = performance.now()
  await worker.stop()
  expect(gone(pid)).toBe(true)
  expect(performance.now() - started).toBeGreaterThan(250)
})

test('a worker that dies at once is tried with growing pauses, and stop ends that', async () => {
  const { worker, messages } = supervise('dying')
  await expect.poll(() => messages.length, { timeout: 10_000 }).toBeGreaterThan(4)
  await worker.stop()
  expect(messages.slice(0, 5).map((message) => Number(/in (\d+) ms/.exec(message)?.[1]))).toEqual([20, 40, 80, 160, 200])
  const count = messages.length
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(messages.length).toBe(count)
})
