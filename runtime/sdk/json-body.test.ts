import { expect, test } from 'vitest'
import { jsonListBody } from './json-body.ts'

const toVendor = (item: { text: string; more?: number | undefined }) => item

test('the same bytes as JSON of the whole, for texts of any length and kind', () => {
  const texts = ['', '"\\\n\u0000', '가나다 😀', '\ud800 alone', 'x'.repeat(400_000), '뷁'.repeat(300_000)]
  for (const times of [1, 5]) {
    const items = Array.from({ length: times }, () => texts.map((text, at) => ({ text, more: at % 2 ? at : undefined }))).flat()
    const body = jsonListBody('messages', items, toVendor)
    expect(body.bytes.toString()).toBe(JSON.stringify({ messages: items }))
    body.release()
  }
})

test('an empty list, and a name that needs quotes', () => {
  expect(jsonListBody('a"b', [], toVendor).bytes.toString()).toBe('{"a\\"b":[]}')
})

test('bodies that are in use never share memory; one that was released does', () => {
  const many = (text: string) =>
    jsonListBody(
      'm',
      Array.from({ length: 30 }, () => ({ text })),
      toVendor,
    )
  const first = many('first')
  const second = many('second')
  second.release()
  second.release()
  const third = many('third')
  const fourth = many('fourth')
  expect(third.bytes.buffer).toBe(second.bytes.buffer)
  expect(fourth.bytes.buffer).not.toBe(third.bytes.buffer)
  expect(first.bytes.toString()).toContain('first')
})
