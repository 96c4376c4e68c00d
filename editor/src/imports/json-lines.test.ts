import { expect, test } from 'vitest'
import { lineOf, linesOf } from './json-lines.ts'

const text = `{
  "name": "a \\" b, {",
  "nodes": [
    { "id": "one", "config": {} },
    {
      "id": "two",
      "config": { "list": [1, -2.5e3, true, null, "x"] }
    }
  ],
  "edges": []
}`

test('every value has the line in which its name stands', () => {
  const lines = linesOf(text)
  const wanted = { name: 2, nodes: 3, 'nodes/0/id': 4, 'nodes/1': 5, 'nodes/1/id': 6, 'nodes/1/config/list/4': 7, edges: 10 }
  expect(Object.fromEntries(Object.keys(wanted).map((path) => [path, lines.get(path)]))).toEqual(wanted)
})

test('what is missing is said at what it is missing in', () => {
  const lines = linesOf(text)
  expect(lineOf(lines, 'nodes/1/type')).toBe(5)
  expect(lineOf(lines, 'schemaVersion')).toBe(1)
})
