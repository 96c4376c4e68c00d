import { expect, test } from 'vitest'
import { apply } from './change.ts'
import { addAfter, addStep, connect, fixToChange, mergePatch } from './edits.ts'
import { chain, typeOf, types } from './fixture.ts'
import { removeThings } from './heal.ts'
import { splice, spliceStep } from './splice.ts'

const context = () => ({ document: chain(), types })
const lines = (document: ReturnType<typeof chain>) =>
  document.edges.map((edge) => `${edge.source}.${edge.sourcePort}>${edge.target}.${edge.targetPort}`)

test('a step after the last one is joined to it and stands free beside it', () => {
  const { change, nodeId } = addAfter(context(), typeOf('send-sms'), 'send')
  const { document } = apply(chain(), change)
  expect(nodeId).toBe('send-sms')
  expect(lines(document)).toContain('send.undelivered>send-sms.messages')
  const [one, other] = [document.nodes.at(-1), document.nodes.at(-2)]
  expect(one?.position).not.toEqual(other?.position)
})

test('a step after one in the middle goes into its line, and what follows makes room', () => {
  const { change } = addAfter(context(), typeOf('filter'), 'audience')
  const { document } = apply(chain(), change)
  expect(lines(document)).toEqual([
    'start.start>audience.start',
    'fill.rows>text.rows',
    'text.messages>send.messages',
    'audience.rows>filter.rows',
    'filter.matched>fill.rows',
  ])
  expect(document.nodes.find(({ id }) => id === 'filter')?.position.x).toBe(440)
  expect(document.nodes.find(({ id }) => id === 'fill')?.position.x).toBe(660)
  expect(new Set(document.nodes.map(({ position }) => position.x)).size).toBe(6)
})

test('dropped onto a short line, its neighbours make room; dropped into the open, it stays where it was dropped', () => {
  const near = splice(context(), typeOf('filter'), { edgeId: 'e2', position: { x: 320, y: 0 } })
  const crowded = near && apply(chain(), near.change).document
  expect(new Set(crowded?.nodes.map(({ position }) => position.x)).size).toBe(6)
  const far = splice(context(), typeOf('filter'), { edgeId: 'e2', position: { x: 320, y: 300 } })
  const open = far && apply(chain(), far.change).document
  expect(open?.nodes.at(-1)?.position).toEqual({ x: 320, y: 300 })
})

test('a step that does not fit into a line is not put into it', () => {
  expect(splice(context(), typeOf('manual-trigger'), { edgeId: 'e2' })).toBeNull()
  expect(splice(context(), typeOf('filter'), { edgeId: 'nope' })).toBeNull()
})

test('ids stay readable and unique', () => {
  const first = apply(chain(), addStep(context(), typeOf('filter'), {}).change).document
  const second = addStep({ document: first, types }, typeOf('filter'), {})
  expect(second.nodeId).toBe('filter-2')
})

test('the config of a new step is its own copy of the defaults', () => {
  const { change } = addStep(context(), { ...typeOf('filter'), defaults: { list: [1] } }, {})
  const { document } = apply(chain(), change)
  expect(document.nodes.at(-1)?.config).toEqual({ list: [1] })
})

test('connecting to a taken input replaces the line in one step', () => {
  const edit = connect(context(), { source: 'audience', sourcePort: 'rows', target: 'text', targetPort: 'rows' })
  const applied = apply(chain(), edit?.change ?? { kind: 'batch', changes: [] })
  expect(lines(applied.document)).not.toContain('fill.rows>text.rows')
  expect(lines(applied.document)).toContain('audience.rows>text.rows')
  expect(apply(applied.document, applied.undo).document).toEqual(chain())
  expect(connect(context(), { source: 'text', sourcePort: 'messages', target: 'fill', targetPort: 'rows' })).toBeNull()
})

test('removing a step in the middle heals the line only where that fits', () => {
  const healed = apply(chain(), removeThings(context(), { nodeIds: ['fill'], edgeIds: [] })).document
  expect(lines(healed)).toContain('audience.rows>text.rows')
  const cut = apply(chain(), removeThings(context(), { nodeIds: ['audience'], edgeIds: [] })).document
  expect(lines(cut)).toEqual(['fill.rows>text.rows', 'text.messages>send.messages'])
})

test('steps in a row that are removed together heal the line from the first to the last, each row for itself', () => {
  const wide = apply(chain(), addStep(context(), typeOf('filter'), { open: { nodeId: 'fill', port: 'rows', side: 'in' } }).change)
  expect(lines(wide.document)).toContain('filter.matched>fill.rows')
  const spliced = splice(context(), typeOf('filter'), { edgeId: 'e2' })
  const long = apply(chain(), spliced?.change ?? { kind: 'batch', changes: [] }).document
  const removal = removeThings({ document: long, types }, { nodeIds: ['fill', 'filter'], edgeIds: [] })
  const healed = apply(long, removal)
  expect(lines(healed.document)).toEqual(['start.start>audience.start', 'text.messages>send.messages', 'audience.rows>text.rows'])
  expect(apply(healed.document, healed.undo).document).toEqual(long)
  // A row at the end has nothing to be joined to, and messages do not go on as rows.
  const end = apply(chain(), removeThings(context(), { nodeIds: ['text', 'send'], edgeIds: [] })).document
  expect(lines(end)).toEqual(['start.start>audience.start', 'audience.rows>fill.rows'])
  const cut = apply(chain(), removeThings(context(), { nodeIds: ['fill'], edgeIds: ['e2'] })).document
  expect(lines(cut)).toEqual(['start.start>audience.start', 'text.messages>send.messages'])
})

test('a step that stands alone goes into the line it is dropped on; one with lines, or that does not fit, does not', () => {
  const alone = apply(chain(), addStep(context(), typeOf('filter'), { position: { x: 330, y: 10 } }).change).document
  const held = { ...alone, nodes: alone.nodes.map((one) => (one.id === 'filter' ? { ...one, position: { x: 330, y: 4 } } : one)) }
  const change = spliceStep({ document: held, types }, 'filter', 'e2')
  const applied = apply(held, change ?? { kind: 'batch', changes: [] })
  expect(lines(applied.document)).toContain('audience.rows>filter.rows')
  expect(lines(applied.document)).toContain('filter.matched>fill.rows')
  expect(new Set(applied.document.nodes.map(({ position }) => position.x)).size).toBe(6)
  expect(apply(applied.document, applied.undo).document).toEqual(held)
  expect(spliceStep({ document: applied.document, types }, 'filter', 'e4')).toBeNull()
  expect(spliceStep({ document: held, types }, 'filter', 'e1')).toBeNull()
  expect(spliceStep({ document: held, types }, 'filter', 'gone')).toBeNull()
})

test('a fix merges into the config, connects or removes', () => {
  const title = { en: 'x', ko: 'x' }
  const change = fixToChange(context(), { title, nodeId: 'fill', config: { variables: { 기간: { column: 'week' } } } })
  expect(change && apply(chain(), change).document.nodes[2]?.config).toEqual({ variables: { 기간: { column: 'week' } } })
  const cut = fixToChange(context(), { title, removeEdgeId: 'e2' })
  expect(cut && apply(chain(), cut).document.edges).toHaveLength(3)
  expect(fixToChange(context(), { title, nodeId: 'gone', config: {} })).toBeNull()
})

test('a merge patch merges objects, removes with null and replaces the rest', () => {
  expect(mergePatch({ a: { b: 1, c: 2 }, d: [1] }, { a: { b: null, e: 3 }, d: [2] })).toEqual({ a: { c: 2, e: 3 }, d: [2] })
})
