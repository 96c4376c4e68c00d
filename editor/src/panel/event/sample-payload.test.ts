import { expect, test } from 'vitest'
import { curlOf, fieldsFromSample, fieldsOf, samplePayload } from './sample-payload.ts'

const order = {
  order: { number: 'A-1001', paid: 12_900 },
  customer: { phone: '010-1234-5678', joined: '2026-01-31', note: null },
  tags: ['new'],
  at: '2026-01-31T09:00:00+09:00',
}

test('a pasted payload becomes columns with types, examples and places', () => {
  expect(fieldsFromSample(JSON.stringify(order))).toEqual([
    { name: 'number', type: 'text', required: true, example: 'A-1001', path: 'order.number' },
    { name: 'paid', type: 'integer', required: true, example: '12900', path: 'order.paid' },
    { name: 'phone', type: 'text', required: true, example: '010-1234-5678', path: 'customer.phone' },
    { name: 'joined', type: 'date', required: true, example: '2026-01-31', path: 'customer.joined' },
    { name: 'note', type: 'text', required: false, path: 'customer.note' },
    { name: 'tags', type: 'json', required: true, example: '["new"]' },
    { name: 'at', type: 'instant', required: true, example: '2026-01-31T09:00:00+09:00' },
  ])
})

test('the sample of such columns is that payload again', () => {
  const { note: _note, ...customer } = order.customer
  const fields = fieldsFromSample(JSON.stringify({ ...order, customer })) ?? []
  expect(samplePayload(fields)).toEqual({ ...order, customer })
})

test('the same name in two places gets the name of its place', () => {
  const names = fieldsFromSample('{"buyer":{"name":"a"},"seller":{"name":"b"}}')?.map(({ name }) => name)
  expect(names).toEqual(['buyer_name', 'seller_name'])
})

test('what is no JSON object gives nothing', () => {
  for (const text of ['', '[1]', 'null', '{"a":', '"x"']) expect(fieldsFromSample(text)).toBe(null)
})

test('half-typed columns are left out; without an example the type stands for itself', () => {
  const fields = fieldsOf({ columns: [{ name: 'n', type: 'integer', required: true }, { name: '', type: 'text' }, 3] })
  expect(samplePayload(fields)).toEqual({ n: 1 })
  expect(fieldsOf({})).toEqual([])
})

test('quotes do not end the command', () => {
  expect(curlOf({ url: 'http://x/api', headers: { a: 'b' }, body: { name: "D'Arc" } })).toBe(
    `curl -X POST 'http://x/api' \\\n  -H 'a: b' \\\n  -d '{\n  "name": "D'\\''Arc"\n}'`,
  )
})
