import { expect, test } from 'vitest'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { apply, type Change } from './change.ts'
import { createDocumentStore } from './document-store.ts'
import { canFill, copyVariable, fillVariable, renameVariable } from './fill-variable.ts'
import { chain, types } from './fixture.ts'
import { holeState, mappingsBefore, filledBefore } from './mapping-of.ts'

const arriving: Record<string, { name: string; variable?: boolean }[]> = {
  fill: [{ name: 'company_name' }, { name: 'total' }],
  text: [{ name: 'company_name' }, { name: 'total' }, { name: '회사', variable: true }],
  send: [{ name: 'company_name' }],
}
const context = (document: WorkflowDocument) => ({ document, types, columnsInto: (id: string) => arriving[id] ?? [] })
const configOf = (document: WorkflowDocument, id: string) => document.nodes.find((node) => node.id === id)?.config

function configured(configs: Record<string, Record<string, unknown>>): WorkflowDocument {
  const document = chain()
  return { ...document, nodes: document.nodes.map((node) => ({ ...node, config: configs[node.id] ?? node.config })) }
}

function done(document: WorkflowDocument, change: Change | null): WorkflowDocument {
  if (change === null) throw new Error('nothing was changed')
  const { document: next, undo } = apply(document, change)
  expect(apply(next, undo).document).toEqual(document)
  return next
}

test('a column fills a variable in the mapping before the text', () => {
  const document = configured({ fill: { variables: { 회사: { column: 'gone', whenNull: 'empty' } } } })
  const added = done(document, fillVariable(context(document), { nodeId: 'text', variable: '수', column: 'total' }))
  expect(configOf(added, 'fill')).toEqual({
    variables: { 회사: { column: 'gone', whenNull: 'empty' }, 수: { column: 'total' } },
  })
  // What was set for it stays when it gets another column.
  const mended = done(document, fillVariable(context(document), { nodeId: 'text', variable: '회사', column: 'company_name' }))
  expect(configOf(mended, 'fill')).toEqual({ variables: { 회사: { column: 'company_name', whenNull: 'empty' } } })
})

test('without a mapping one is put into the line of rows before the text', () => {
  const whole = chain()
  const document: WorkflowDocument = {
    ...whole,
    nodes: whole.nodes.filter(({ id }) => id !== 'fill'),
    edges: [
      ...whole.edges.filter(({ source, target }) => source !== 'fill' && target !== 'fill'),
      { id: 'e9', source: 'audience', sourcePort: 'rows', target: 'text', targetPort: 'rows' },
    ],
  }
  const wish = { nodeId: 'text', variable: '회사', column: 'company_name' }
  const next = done(document, fillVariable(context(document), wish))
  const mapping = next.nodes.find(({ type }) => type === 'mapping')
  expect(mapping?.config).toEqual({ variables: { 회사: { column: 'company_name' } } })
  expect(next.edges.map(({ source, target }) => [source, target])).toEqual([
    ['start', 'audience'],
    ['text', 'send'],
    ['audience', mapping?.id],
    [mapping?.id, 'text'],
  ])
  expect(canFill(context(document), 'text', 'nowhere')).toBe(false)
  expect(fillVariable(context(document), { ...wish, column: 'nowhere' })).toBeNull()
})

test('a text and what fills it are one step back', () => {
  const store = createDocumentStore(chain())
  const before = store.getState().document
  store.getState().change({ kind: 'configure', nodeId: 'text', config: { text: '#{수}' } }, 'text/text')
  const change = fillVariable(context(store.getState().document), { nodeId: 'text', variable: '수', column: 'total' })
  if (change !== null) store.getState().changeWithLast(change)
  expect(configOf(store.getState().document, 'fill')).toEqual({ variables: { 수: { column: 'total' } } })
  store.getState().change({ kind: 'configure', nodeId: 'text', config: { text: '#{수}건' } }, 'text/text')
  store.getState().undo()
  expect(configOf(store.getState().document, 'text')).toEqual({ text: '#{수}' })
  store.getState().undo()
  expect(store.getState().document).toEqual(before)
  store.getState().redo()
  expect(configOf(store.getState().document, 'text')).toEqual({ text: '#{수}' })
  expect(configOf(store.getState().document, 'fill')).toEqual({ variables: { 수: { column: 'total' } } })
})

test('a variable that is renamed keeps its settings and its place, in every text', () => {
  const document = configured({
    fill: { variables: { 회사: { column: 'company_name' }, 수: { column: 'total', format: { kind: 'number' } }, 끝: {} } },
    text: { text: '#{ 수 }건 {{수}} #{수량}', buttons: [{ name: '보기', linkMobile: 'https://x.example/#{수}' }] },
    send: { address: 'mobile' },
  })
  const next = done(document, renameVariable(document, 'fill', { old: '수', next: '리뷰수' }))
  expect(Object.entries(configOf(next, 'fill')?.variables ?? {})).toEqual([
    ['회사', { column: 'company_name' }],
    ['리뷰수', { column: 'total', format: { kind: 'number' } }],
    ['끝', {}],
  ])
  expect(configOf(next, 'text')).toEqual({
    text: '#{리뷰수}건 {{리뷰수}} #{수량}',
    buttons: [{ name: '보기', linkMobile: 'https://x.example/#{리뷰수}' }],
  })
  expect(configOf(next, 'send')).toBe(configOf(document, 'send'))
  expect(renameVariable(document, 'fill', { old: '수', next: '회사' })).toBeNull()
  expect(renameVariable(document, 'fill', { old: '없음', next: 'x' })).toBeNull()
})

test('a variable lends its settings to another name, and stays', () => {
  const document = configured({ fill: { variables: { 평점: { column: 'total', whenNull: 'empty' } } } })
  expect(configOf(done(document, copyVariable(document, 'fill', { old: '평점', next: '별점' })), 'fill')).toEqual({
    variables: { 평점: { column: 'total', whenNull: 'empty' }, 별점: { column: 'total', whenNull: 'empty' } },
  })
  expect(copyVariable(document, 'fill', { old: '없음', next: 'x' })).toBeNull()
})

test('a hole is filled, broken or empty', () => {
  const document = configured({
    fill: { variables: { 회사: { column: 'company_name' }, 수: { column: 'gone' }, 날: { column: '' } } },
    text: { text: '#{회사}' },
  })
  const at = {
    mappings: mappingsBefore(document, 'text'),
    arriving: new Set(['회사', '수', '날', '밖']),
    problems: [
      {
        nodeId: 'fill',
        field: 'variables/수/column',
        code: 'unknown-column',
        severity: 'error' as const,
        message: { en: '', ko: '' },
      },
    ],
  }
  const states = ['회사', '수', '날', '밖', '없음'].map((name) => holeState(name, at))
  expect(states).toEqual(['filled', 'broken', 'broken', 'filled', 'empty'])
  expect(filledBefore(document, 'text')).toEqual([
    { name: '회사', isUsed: true },
    { name: '수', isUsed: false },
    { name: '날', isUsed: false },
  ])
})
