import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ClientFrame, RunFrame } from '#schemas/frames.ts'
import { backoff } from './backoff.ts'
import { LiveSocket, type SocketLike } from './live-socket.ts'

/** The far end of each connection that was opened. */
class FarEnd implements SocketLike {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: (() => void) | null = null
  readonly heard: ClientFrame[] = []
  closed = false
  send(text: string) {
    this.heard.push(JSON.parse(text) as ClientFrame)
  }
  close() {
    this.closed = true
  }
  say(frame: unknown) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
}

const ends: FarEnd[] = []
const start = () =>
  new LiveSocket({
    random: () => 0,
    open: () => {
      const end = new FarEnd()
      ends.push(end)
      return end
    },
  })
const end = (place: number) => {
  const found = ends[place]
  if (found === undefined) throw new Error(`connection ${place} was not opened`)
  return found
}
const frame = (runId: string, version: number, sent = 0): RunFrame => ({
  type: 'run',
  runId,
  version,
  state: 'sending',
  reason: null,
  stopping: null,
  actions: [],
  warnings: [],
  recipients: 10,
  toSend: 10,
  excluded: {},
  nodes: {},
  outcomes: { sent },
  rate: null,
  cause: null,
  eta: null,
  expiresAt: null,
  cost: null,
  series: [],
  recent: [],
  lawHolds: null,
})

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  ends.length = 0
})

test('subscribes once however many watch, and unsubscribes and closes after the last one', () => {
  const live = start()
  const first = live.watchRun('a')
  const second = live.watchRun('a')
  end(0).onopen?.()
  expect(end(0).heard).toEqual([{ type: 'subscribe', runId: 'a' }])
  live.watchRun('b')()
  expect(end(0).heard.at(-1)).toEqual({ type: 'subscribe', runId: 'b' })
  first()
  first()
  vi.advanceTimersByTime(400)
  expect(end(0).heard.at(-1)).toEqual({ type: 'unsubscribe', runId: 'b' })
  expect(end(0).closed).toBe(false)
  second()
  vi.advanceTimersByTime(400)
  expect(end(0).heard.at(-1)).toEqual({ type: 'unsubscribe', runId: 'a' })
  expect(end(0).closed).toBe(true)
  expect(live.state).toBe('idle')
})

test('a component that is drawn anew does not unsubscribe in between', () => {
  const live = start()
  const stop = live.watchRun('a')
  end(0).onopen?.()
  stop()
  live.watchRun('a')
  vi.advanceTimersByTime(1_000)
  expect(end(0).heard.map(({ type }) => type)).toEqual(['subscribe'])
  expect(live.state).toBe('open')
})

test('a run that is watched again later takes the versions as they come then', () => {
  const live = start()
  live.watchRuns(() => undefined)
  const stop = live.watchRun('a')
  end(0).onopen?.()
  end(0).say(frame('a', 90))
  stop()
  vi.advanceTimersByTime(400)
  live.watchRun('a')
  end(0).say(frame('a', 1, 99))
  expect(live.frames.get('a')?.outcomes).toEqual({ sent: 99 })
})

test('older snapshots are ignored, newer ones told to those who listen to that run', () => {
  const live = start()
  live.watchRun('a')
  end(0).onopen?.()
  const told = vi.fn()
  live.frames.listen('a', told)
  end(0).say(frame('a', 5, 50))
  end(0).say(frame('a', 4, 40))
  end(0).say(frame('a', 5, 51))
  end(0).say(frame('b', 9))
  expect(live.frames.get('a')?.outcomes).toEqual({ sent: 50 })
  expect(told).toHaveBeenCalledTimes(1)
})

test('a lost connection comes back with growing waits, subscribes again and takes the versions of a new server', () => {
  const live = start()
  live.watchRun('a')
  end(0).onopen?.()
  end(0).say(frame('a', 80, 70))
  end(0).onclose?.()
  expect(live.state).toBe('lost')
  expect(live.frames.get('a')?.outcomes).toEqual({ sent: 70 })
  vi.advanceTimersByTime(499)
  expect(ends).toHaveLength(1)
  vi.advanceTimersByTime(1)
  end(1).onclose?.()
  vi.advanceTimersByTime(999)
  expect(ends).toHaveLength(2)
  vi.advanceTimersByTime(1)
  end(2).onopen?.()
  expect(end(2).heard).toEqual([{ type: 'subscribe', runId: 'a' }])
  end(2).say(frame('a', 2, 75))
  expect(live.frames.get('a')?.outcomes).toEqual({ sent: 75 })
})

test('hurry tries at once; a silent connection counts as lost; a ping is answered', () => {
  const live = start()
  live.watchRun('a')
  end(0).onopen?.()
  end(0).say({ type: 'ping' })
  expect(end(0).heard.at(-1)).toEqual({ type: 'pong' })
  vi.advanceTimersByTime(75_001)
  expect(end(0).closed).toBe(true)
  expect(live.state).toBe('lost')
  live.hurry()
  expect(ends).toHaveLength(2)
  expect(live.state).toBe('connecting')
})

test('what cannot be read does no harm', () => {
  const live = start()
  live.watchRun('a')
  end(0).onopen?.()
  for (const data of ['{', '3', 'null', '{"type":"run"}', '{"type":"news"}', new Uint8Array(2)]) end(0).onmessage?.({ data })
  expect(live.frames.get('a')).toBeNull()
  expect(live.state).toBe('open')
})

test('waits double up to 15 s, with up to a third less', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => backoff(attempt, () => 0))).toEqual([
    500, 1000, 2000, 4000, 8000, 15_000, 15_000,
  ])
  expect(backoff(0, () => 1)).toBe(333)
})

test('renewing opens another connection at once and watches the same runs', () => {
  const live = start()
  live.renew()
  expect(ends).toHaveLength(0)
  live.watchRun('a')
  end(0).onopen?.()
  live.renew()
  expect(end(0).closed).toBe(true)
  end(1).onopen?.()
  expect(end(1).heard).toEqual([{ type: 'subscribe', runId: 'a' }])
  live.close()
})
