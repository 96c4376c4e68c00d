import { expect, test } from 'vitest'
import type { Problem } from '#schemas/problem.ts'
import { newsSince, type Told } from './announce.ts'
import { chain } from './fixture.ts'

const told = (change: Partial<Told['document']> = {}, problems: Told['problems'] = {}): Told => ({
  document: { ...chain(), ...change },
  problems,
})
const error = (severity: Problem['severity'] = 'error'): Problem => ({ code: 'x', severity, message: { en: '', ko: '' } })
const nothing = { added: [], removed: [], joined: [], cut: [], wrong: [], mended: [] }

test('nothing changed, nothing to tell; where steps stand is no news', () => {
  const moved = chain().nodes.map((node) => ({ ...node, position: { x: 1, y: 1 } }))
  expect(newsSince(told(), told({ nodes: moved }))).toEqual(nothing)
})

test('a step that went takes its lines along without a word', () => {
  const nodes = chain().nodes.filter(({ id }) => id !== 'fill')
  const edges = chain().edges.filter(({ source, target }) => source !== 'fill' && target !== 'fill')
  const news = newsSince(told(), told({ nodes, edges }))
  expect(news.removed.map(({ id }) => id)).toEqual(['fill'])
  expect(news.cut).toEqual([])
  expect(newsSince(told({ nodes, edges }), told()).added.map(({ id }) => id)).toEqual(['fill'])
})

test('lines that were joined or cut between steps that stay', () => {
  const edges = chain().edges.slice(1)
  expect(newsSince(told(), told({ edges })).cut.map(({ id }) => id)).toEqual(['e1'])
  expect(newsSince(told({ edges }), told()).joined.map(({ id }) => id)).toEqual(['e1'])
})

test('errors that came and went, by step; warnings are left to the list of problems', () => {
  const wrong = told({}, { text: [error(), error('warning')] })
  expect(newsSince(told(), wrong).wrong.map(({ node, count }) => [node.id, count])).toEqual([['text', 1]])
  expect(newsSince(wrong, told()).mended.map(({ id }) => id)).toEqual(['text'])
  // What stood there when it was opened is not news.
  expect(newsSince({ ...told(), problems: null }, wrong).wrong).toEqual([])
})
