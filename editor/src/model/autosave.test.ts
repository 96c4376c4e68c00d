import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { Autosave, type SaveAnswer, type SaveState } from './autosave.ts'
import { chain } from './fixture.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function rig(
  answer: (document: WorkflowDocument, revision: number, call: number) => SaveAnswer<string> | Promise<SaveAnswer<string>>,
) {
  const calls: { name: string; revision: number }[] = []
  const states: string[] = []
  let last: SaveState<string> = { kind: 'saved', at: null }
  const autosave = new Autosave<string>({
    revision: 3,
    save: async (document, revision) => {
      calls.push({ name: document.name, revision })
      return answer(document, revision, calls.length)
    },
    onState: (state) => {
      last = state
      states.push(state.kind)
    },
    delay: 700,
    retry: { first: 1000, longest: 4000 },
  })
  return { autosave, calls, states, last: () => last }
}

const named = (name: string): WorkflowDocument => ({ ...chain(), name })

test('many changes, one save, not later than a second after the last', async () => {
  const { autosave, calls, states } = rig((_document, revision) => ({ kind: 'saved', revision: revision + 1 }))
  autosave.changed(named('a'))
  await vi.advanceTimersByTimeAsync(500)
  autosave.changed(named('b'))
  await vi.advanceTimersByTimeAsync(699)
  expect(calls).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(calls).toEqual([{ name: 'b', revision: 3 }])
  expect(states.at(-1)).toBe('saved')
  expect(autosave.dirty).toBe(false)
})

test('a change during a save is saved after it, with the new revision', async () => {
  const { autosave, calls } = rig(async (_document, revision) => {
    await new Promise((resolve) => setTimeout(resolve, 2000))
    return { kind: 'saved', revision: revision + 1 }
  })
  autosave.changed(named('a'))
  await vi.advanceTimersByTimeAsync(800)
  autosave.changed(named('b'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(calls).toEqual([
    { name: 'a', revision: 3 },
    { name: 'b', revision: 4 },
  ])
})

test('a stale revision stops saving until a person decides', async () => {
  const { autosave, calls, last } = rig((_document, revision) =>
    revision === 3 ? { kind: 'stale', current: 'theirs', revision: 9 } : { kind: 'saved', revision: revision + 1 },
  )
  autosave.changed(named('mine'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(last()).toEqual({ kind: 'conflict', current: 'theirs', revision: 9 })
  autosave.changed(named('mine still'))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(calls).toHaveLength(1)
  expect(await autosave.flush()).toBe(false)
  expect(await autosave.keepMine(named('mine still'), 9)).toBe(true)
  expect(calls.at(-1)).toEqual({ name: 'mine still', revision: 9 })
  expect(autosave.revision).toBe(10)
})

test('their draft taken: nothing of mine is sent', async () => {
  const { autosave, calls } = rig(() => ({ kind: 'stale', current: 'theirs', revision: 9 }))
  autosave.changed(named('mine'))
  await vi.advanceTimersByTimeAsync(1000)
  autosave.takeTheirs(9)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(calls).toHaveLength(1)
  expect(autosave.dirty).toBe(false)
})

test('an unreachable server is tried again by itself, with longer pauses', async () => {
  const { autosave, calls, states } = rig((_document, revision, call) =>
    call < 4 ? { kind: 'offline' } : { kind: 'saved', revision: revision + 1 },
  )
  autosave.changed(named('a'))
  await vi.advanceTimersByTimeAsync(700)
  await vi.advanceTimersByTimeAsync(1000 + 2000)
  expect(calls).toHaveLength(3)
  expect(states).toContain('offline')
  await vi.advanceTimersByTimeAsync(4000)
  expect(states.at(-1)).toBe('saved')
})

test('a save that throws counts as unreachable, and the change is kept', async () => {
  const { autosave, states } = rig((_document, _revision, call) => {
    if (call === 1) throw new Error('network')
    return { kind: 'saved', revision: 4 }
  })
  autosave.changed(named('a'))
  await vi.advanceTimersByTimeAsync(700)
  expect(states.at(-1)).toBe('offline')
  expect(autosave.dirty).toBe(true)
  autosave.retryNow()
  await vi.advanceTimersByTimeAsync(1)
  expect(states.at(-1)).toBe('saved')
})

test('a refused document is not sent again until it changes', async () => {
  const { autosave, calls, last } = rig((document, revision) =>
    document.name === '' ? { kind: 'refused', message: 'A name is needed.' } : { kind: 'saved', revision: revision + 1 },
  )
  autosave.changed(named(''))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(calls).toHaveLength(1)
  expect(last()).toEqual({ kind: 'refused', message: 'A name is needed.' })
  autosave.changed(named('x'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(last().kind).toBe('saved')
})

test('leaving saves at once; a stopped one saves nothing', async () => {
  const { autosave, calls } = rig((_document, revision) => ({ kind: 'saved', revision: revision + 1 }))
  autosave.changed(named('a'))
  expect(await autosave.flush()).toBe(true)
  expect(calls).toHaveLength(1)
  autosave.stop()
  autosave.changed(named('b'))
  await vi.advanceTimersByTimeAsync(5000)
  expect(calls).toHaveLength(1)
})
