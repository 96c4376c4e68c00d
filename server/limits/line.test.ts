import { expect, test } from 'vitest'
import { Line } from './line.ts'
import { Slots } from './slots.ts'

test('calls stand one behind the other on a piece of the line; what passed unused is lost', () => {
  const line = new Line()
  expect(line.take(100, 0)).toBeNull()
  line.add(1_000, 300)
  expect([line.take(100, 900), line.take(100, 900), line.take(100, 900), line.take(100, 900)]).toEqual([
    1_000,
    1_100,
    1_200,
    null,
  ])
  line.add(1_300, 300)
  // Late by 150: no burst to make up for it.
  expect([line.take(100, 1_450), line.take(100, 1_450)]).toEqual([1_450, null])
})

test('a piece that touches the last one goes on with it; what a call does not need comes back', () => {
  const line = new Line()
  line.add(1_000, 150)
  expect(line.take(100, 1_000)).toBe(1_000)
  line.add(1_152, 150)
  expect(line.take(100, 1_000)).toBe(1_100)
  line.giveBack(60, 1_200)
  expect(line.take(100, 1_000)).toBe(1_140)
  // Somebody took the place behind: what comes back now would be his.
  line.giveBack(60, 1_140)
  expect(line.take(10, 1_000)).toBe(1_240)
  line.add(5_000, 100)
  expect(line.take(100, 1_000)).toBe(5_000)
})

test('single sends come before bulk, and nobody gets more than is allowed', async () => {
  const slots = new Slots(1)
  expect(slots.tryTake()).toBe(true)
  const order: string[] = []
  const wait = (kind: 'bulk' | 'single', name: string) => slots.take(kind, 5_000).then((got) => got && order.push(name))
  const all = [wait('bulk', 'bulk 1'), wait('bulk', 'bulk 2'), wait('single', 'single')]
  for (let i = 0; i < 3; i++) {
    slots.release()
    await all[i === 0 ? 2 : i - 1]
    expect(slots.busy).toBe(1)
  }
  expect(order).toEqual(['single', 'bulk 1', 'bulk 2'])
  expect(await slots.take('bulk', 10)).toBe(false)
})
