import { expect, test } from 'vitest'
import { Joining } from './joining.ts'
import { numberOf, numbered } from './recipient.ts'

const joining = (...names: string[]): Joining => new Joining(names.map((name) => ({ name, type: 'text' })))

test('rows get the columns of the input, in its order, and keep what they have', () => {
  const input = joining('name', 'city')
  const [row, same] = input.take([numbered({ name: 'Kim', extra: 1 }, 1), numbered({ name: 'Lee', city: 'Seoul' }, 2)])
  expect(row).toMatchObject({ name: 'Kim', city: null, extra: 1 })
  expect(Object.keys(row ?? {})).toEqual(['name', 'city', 'extra'])
  expect(numberOf(row as never)).toBe(1)
  expect(same).toMatchObject({ name: 'Lee', city: 'Seoul' })
})

test('a message keeps its text; its row is filled up', () => {
  const message = { row: numbered({ name: 'Kim' }, 7), template: null, variables: {}, parts: { body: 'Hi' } }
  expect(joining('name', 'city').take([message])).toMatchObject([{ ...message, row: { name: 'Kim', city: null } }])
})

test('a number is taken once, however many there are; rows without one are all taken', () => {
  const input = joining('name')
  const people = Array.from({ length: 5_000 }, (_, at) => numbered({ name: 'x' }, at * 37 + 1))
  expect(input.take(people)).toHaveLength(5_000)
  expect(input.take(people.toReversed())).toHaveLength(0)
  expect(input.take([numbered({ name: 'x' }, 2)])).toHaveLength(1)
  expect(input.take([{ name: 'a' }, { name: 'a' }])).toHaveLength(2)
})
