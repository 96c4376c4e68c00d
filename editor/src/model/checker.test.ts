import { expect, test } from 'vitest'
import { apply, type Change } from './change.ts'
import { LatestOnly, refreshesByItself, sameMeaning, sameToPublish } from './checker.ts'
import { createChecksStore } from './checks-store.ts'
import { createDocumentStore } from './document-store.ts'
import { factsOf } from './facts.ts'
import { chain, typeOf, types } from './fixture.ts'

test('an overtaken answer is thrown away, and its question is aborted', async () => {
  const taken: string[] = []
  const aborted: string[] = []
  const asked = new LatestOnly<string>(
    (document, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => aborted.push(document.name))
        setTimeout(() => resolve(document.name), document.name === 'slow' ? 60 : 10)
      }),
    (answer) => taken.push(answer),
    () => taken.push('error'),
  )
  const slow = asked.now({ ...chain(), name: 'slow' })
  await Promise.all([slow, asked.now({ ...chain(), name: 'fast' })])
  expect(taken).toEqual(['fast'])
  expect(aborted).toEqual(['slow'])
})

test('moving cards is not judged again, everything else is', () => {
  const document = chain()
  expect(sameMeaning(document, apply(document, { kind: 'move', positions: { fill: { x: 9, y: 9 } } }).document)).toBe(true)
  expect(sameMeaning(document, apply(document, { kind: 'configure', nodeId: 'fill', config: { a: 1 } }).document)).toBe(false)
  expect(sameMeaning(document, apply(document, { kind: 'remove', nodeIds: [], edgeIds: ['e1'] }).document)).toBe(false)
})

test('what nobody judges is published all the same; where a card stands is not', () => {
  const document = chain()
  const after = (change: Change) => apply(document, change).document
  const guarded = after({ kind: 'about', patch: { guards: { maxRecipients: 100 } } })
  expect(sameMeaning(document, guarded)).toBe(true)
  expect(sameToPublish(document, guarded)).toBe(false)
  expect(sameToPublish(document, after({ kind: 'about', patch: { name: 'Other' } }))).toBe(false)
  expect(sameToPublish(document, after({ kind: 'move', positions: { fill: { x: 9, y: 9 } } }))).toBe(true)
})

test('a changed text refreshes the preview by itself, a changed statement does not', () => {
  const document = chain()
  const withRead = new Map(types).set('sql-source', { ...typeOf('sql-source'), effect: 'read' as const })
  const text = apply(document, { kind: 'configure', nodeId: 'text', config: { text: 'x' } }).document
  const sql = apply(document, { kind: 'configure', nodeId: 'audience', config: { sql: 'x' } }).document
  expect(refreshesByItself(document, text, withRead)).toBe(true)
  expect(refreshesByItself(document, sql, withRead)).toBe(false)
})

test('answers that say the same keep the same objects', () => {
  const store = createChecksStore([])
  const problem = { nodeId: 'fill', code: 'config-missing', severity: 'error' as const, message: { en: 'a', ko: 'a' } }
  const answer = () => ({ problems: [structuredClone(problem)], columns: {}, summaries: { fill: { en: 'x', ko: 'x' } } })
  store.getState().judged(answer())
  const first = store.getState().problemsByNode.fill
  store.getState().judged(answer())
  expect(store.getState().problemsByNode.fill).toBe(first)
  expect(store.getState().summaries.fill).toBe(store.getState().summaries.fill)
})

test('what is gone is no longer selected, and undo across a save still works', () => {
  const store = createDocumentStore(chain())
  store.getState().select(['fill', 'text'])
  store.getState().change({ kind: 'remove', nodeIds: ['fill'], edgeIds: [] })
  expect(store.getState().selectedNodes).toEqual(['text'])
  store.getState().undo()
  expect(store.getState().document).toEqual(chain())
})

test('columns for the machinery are never shown', () => {
  const store = createChecksStore([])
  const columns = [
    { name: 'a', type: 'text' as const },
    { name: '?a', type: 'boolean' as const, hidden: true },
  ]
  store.getState().judged({ problems: [], columns: { q: { in: {}, out: { rows: columns } } }, summaries: {} })
  expect(store.getState().columns.q?.out.rows?.map(({ name }) => name)).toEqual(['a'])
})

test('facts are real or not there', () => {
  const nothing = { run: null, columnsOut: null }
  expect(factsOf({ type: typeOf('sql-source'), ...nothing })).toEqual([])
  const columns = [
    { name: 'a', type: 'text' as const },
    { name: 'b', type: 'text' as const },
  ]
  expect(factsOf({ type: typeOf('sql-source'), ...nothing, columnsOut: columns })).toEqual([{ word: 'columns', count: 2 }])
  expect(factsOf({ type: typeOf('filter'), ...nothing, run: { in: 5000, out: { matched: 4946 } } })).toEqual([
    { word: 'people', count: 4946 },
    { word: 'leftOut', count: 54 },
  ])
  expect(factsOf({ type: typeOf('mapping'), ...nothing, run: { in: 9, out: { rows: 9 } } })).toEqual([])
})
