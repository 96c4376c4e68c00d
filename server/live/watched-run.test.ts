import { expect, test } from 'vitest'
import type { RunFrame } from '#schemas/frames.ts'
import { testLog } from '#server/worker/test/test-engine.ts'
import { WatchedRun, type WatchDeps } from './watched-run.ts'

// A run that stands still: nothing of it changes, so whoever misses the first snapshot sees nothing at all.

const place = { workspaceId: 'w', runId: '0198a7b2-0000-7000-8000-000000000000' }
const row = { id: place.runId, state: 0, started_at: '2026-01-01T00:00:00Z', pinned: {} }
const standing = { state: 'queued', outcomes: {}, nodes: [], rate: null, cause: null, eta: null, expiresAt: null }

/** Its facts are read when the test says so. */
function slow() {
  const reads: (() => void)[] = []
  // Of everything that a server has, a snapshot of a run without messages asks only this.
  const deps = {
    reading: { pool: { query: async () => ({ rows: [row] }) }, known: { get: async () => null } },
    facts: { read: () => new Promise((resolve) => reads.push(() => resolve(standing))) },
    log: testLog,
  } as unknown as WatchDeps
  return { reads, run: new WatchedRun(deps, place) }
}

function watcher() {
  const frames: RunFrame[] = []
  return { frames, language: 'en' as const, send: (frame: RunFrame) => void frames.push(frame) }
}

test('who comes while a snapshot is made gets the next one, though nothing changed; nobody else is told again', async () => {
  const { reads, run } = slow()
  const [first, second] = [watcher(), watcher()]
  run.add(first)
  await expect.poll(() => reads.length).toBe(1)
  run.add(second)
  reads[0]?.()
  await expect.poll(() => first.frames.length).toBe(1)
  await expect.poll(() => reads.length).toBe(2)
  reads[1]?.()
  await expect.poll(() => second.frames.length).toBe(1)
  expect(first.frames).toHaveLength(1)
  run.stop()
})
