import { expect, test } from 'vitest'
import type { Connection } from '#schemas/connection.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { cardOf, destinationOf, foldOf, textOf } from './fold.ts'
import { chain, types } from './fixture.ts'

/** start → audience → fill → text → send, and what is changed of it. */
function changed(change: (document: WorkflowDocument) => void): WorkflowDocument {
  const document = structuredClone(chain())
  change(document)
  return document
}
const nodeOf = (document: WorkflowDocument, id: string) => {
  const node = document.nodes.find((one) => one.id === id)
  if (node === undefined) throw new Error(id)
  return node
}
const line = (source: string, sourcePort: string, target: string) => ({
  id: `${source}-${target}`,
  source,
  sourcePort,
  target,
  targetPort: 'messages',
})
const step = (id: string, type: string) => ({ id, type, typeVersion: 1, position: { x: 0, y: 0 }, config: {} })
const withFallback = () =>
  changed(({ nodes, edges }) => {
    nodes.push(step('again', 'send-sms'))
    edges.push(line('send', 'undelivered', 'again'))
  })

test('a line is who, what, and when and where: each step is in exactly one of them', () => {
  expect(foldOf(withFallback(), types)).toEqual({
    people: ['audience'],
    content: ['fill', 'text'],
    sending: ['start', 'send', 'again'],
  })
  // The order in which steps were drawn says nothing.
  const drawn = changed(({ nodes }) => nodes.reverse())
  expect(foldOf(drawn, types)).toEqual({ people: ['audience'], content: ['fill', 'text'], sending: ['start', 'send'] })
})

test('an event brings its person: it is the first step itself', () => {
  const event = changed((document) => {
    document.nodes = document.nodes.filter(({ id }) => id !== 'audience')
    document.edges = document.edges.filter(({ id }) => id !== 'e2')
    document.edges = document.edges.map((edge) => (edge.id === 'e1' ? { ...edge, target: 'fill', targetPort: 'rows' } : edge))
  })
  expect(foldOf(event, types)).toEqual({ people: ['start'], content: ['fill', 'text'], sending: ['send'] })
})

test('what is not one line from people to channels does not fold', () => {
  const branched = changed(({ nodes, edges }) => {
    nodes.push(step('beside', 'send-sms'))
    edges.push(line('text', 'messages', 'beside'))
  })
  const loose = changed(({ nodes }) => void nodes.push(step('loose', 'send-sms')))
  const unknown = changed((document) => void (nodeOf(document, 'fill').type = 'from-a-plugin-that-is-gone'))
  const unsent = changed((document) => {
    document.nodes.pop()
    document.edges.pop()
  })
  const circle = changed((document) => {
    document.edges = document.edges.map((edge) => (edge.id === 'e1' ? { ...edge, source: 'text', target: 'audience' } : edge))
  })
  const sentInside = changed((document) => void (nodeOf(document, 'fill').type = 'send-sms'))
  for (const document of [branched, loose, unknown, unsent, circle, sentInside, { nodes: [], edges: [] }])
    expect(foldOf(document, types)).toBeNull()
})

test('a problem belongs to the card of its step', () => {
  const fold = foldOf(chain(), types)
  if (fold === null) throw new Error('it folds')
  expect(['audience', 'text', 'send', 'start'].map((id) => cardOf(fold, id))).toEqual(['people', 'content', 'sending', 'sending'])
  expect([cardOf(fold, 'nobody'), cardOf(fold, undefined)]).toEqual([null, null])
})

test('the text is the channel’s own, else the nearest before it', () => {
  const document = withFallback()
  expect(textOf(document, 'send')).toBeNull()
  nodeOf(document, 'text').config = { text: '안녕하세요, #{이름}님', buttons: [{ type: 'WL', name: '보기' }, 3] }
  nodeOf(document, 'again').config = { template: { text: '[가게] #{이름}님' } }
  expect(textOf(document, 'send')).toEqual({ nodeId: 'text', text: '안녕하세요, #{이름}님', buttons: ['보기'] })
  expect(textOf(document, 'again')).toEqual({ nodeId: 'again', text: '[가게] #{이름}님', buttons: [] })
})

test('only what is known to be a sandbox is one', () => {
  // Of a connection only these are read.
  const connections = [
    { id: 'sandbox', kind: 'sandbox', name: '샌드박스' },
    { id: 'real', kind: 'solapi', name: '문자나라' },
  ] as Connection[]
  const goesTo = (first: unknown, second: unknown) => {
    const document = withFallback()
    nodeOf(document, 'send').config = { connection: first }
    nodeOf(document, 'again').config = { connection: second }
    const { connections: found, sandbox } = destinationOf(document, { types, connections })
    return { found: found.map(({ id }) => id), sandbox }
  }
  expect(goesTo('sandbox', 'sandbox')).toEqual({ found: ['sandbox'], sandbox: true })
  expect(goesTo('sandbox', 'real')).toEqual({ found: ['sandbox', 'real'], sandbox: false })
  expect(goesTo('sandbox', 'gone')).toEqual({ found: ['sandbox'], sandbox: false })
  expect(goesTo('sandbox', undefined).sandbox).toBe(false)
  expect(destinationOf({ nodes: [] }, { types, connections }).sandbox).toBe(false)
})
