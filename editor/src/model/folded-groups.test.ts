import { expect, test } from 'vitest'
import type { Problem } from '#schemas/problem.ts'
import type { RunNode } from '#schemas/run.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { workflowFileText } from '#schemas/workflow-file.ts'
import { apply } from './change.ts'
import { createDocumentStore } from './document-store.ts'
import {
  countsOfWays,
  drawnEnds,
  foldedAround,
  foldedSteps,
  folding,
  leadsTo,
  realEnd,
  waysOf,
  worstOf,
} from './folded-groups.ts'
import { goToProblem } from './go-to-problem.ts'
import { changingGroup } from './marks.ts'
import { createViewStore } from './view-store.ts'

const node = (id: string, x: number) => ({ id, type: 'filter', typeVersion: 1, position: { x, y: 0 }, config: {} })
const line = (from: string, to: string) => {
  const [source = '', sourcePort = ''] = from.split('.')
  const [target = '', targetPort = ''] = to.split('.')
  return { id: `${source}-${target}`, source, sourcePort, target, targetPort }
}
const group = { id: 'g', title: '고르기', steps: ['b', 'c'] }

const open: WorkflowDocument = {
  schemaVersion: 1,
  name: '묶음',
  nodes: ['a', 'b', 'c', 'd', 'e'].map((id, index) => node(id, index * 200)),
  edges: [
    line('a.rows', 'b.rows'),
    line('b.matched', 'c.rows'),
    line('b.rest', 'e.rows'),
    line('c.matched', 'd.rows'),
    line('c.matched', 'e.rows'),
    line('d.rows', 'e.rows'),
  ],
  groups: [group, { id: 'other', title: '', steps: ['e'] }],
}
const change = folding(open, ['g'], true)
const folded = change === null ? open : apply(open, change).document

test('folding is one change of the document that can be taken back; folding what is folded is none', () => {
  expect(folded.groups?.map((one) => one.folded)).toEqual([true, undefined])
  expect(folding(folded, ['g'], true)).toBeNull()
  expect(folding(open, ['g'], false)).toBeNull()
  const back = folding(folded, ['g'], false)
  expect(back && apply(folded, back).document).toEqual(open)
  expect(change && apply(folded, apply(open, change).undo).document).toEqual(open)
})

test('a file keeps it, and another name keeps it folded', () => {
  const file = JSON.parse(workflowFileText(folded)) as WorkflowDocument
  expect(file.groups?.[0]).toEqual({ ...group, folded: true })
  expect(Object.keys(file.groups?.[0] ?? {})).toEqual(['id', 'title', 'folded', 'steps'])
  expect(apply(folded, changingGroup(folded, 'g', { title: '다른 이름' })).document.groups?.[0]).toMatchObject({ folded: true })
})

test('lines inside are not drawn; those over the edge lead to the card, at a port for each port inside', () => {
  const drawn = folded.edges.map((edge) => drawnEnds(edge, foldedSteps(folded)))
  expect(drawn).toEqual([
    { source: 'a', sourcePort: 'rows', target: 'group:g', targetPort: 'b rows' },
    null,
    { source: 'group:g', sourcePort: 'b rest', target: 'e', targetPort: 'rows' },
    { source: 'group:g', sourcePort: 'c matched', target: 'd', targetPort: 'rows' },
    { source: 'group:g', sourcePort: 'c matched', target: 'e', targetPort: 'rows' },
    { source: 'd', sourcePort: 'rows', target: 'e', targetPort: 'rows' },
  ])
  expect(open.edges.map((edge) => drawnEnds(edge, foldedSteps(open)))).toEqual(open.edges.map(({ id: _id, ...ends }) => ends))
  expect(realEnd('group:g', 'b rest of them')).toEqual({ nodeId: 'b', port: 'rest of them' })
  expect(realEnd('d', 'rest of them')).toEqual({ nodeId: 'd', port: 'rest of them' })
  expect(waysOf(group, open.edges)).toEqual({
    in: [{ name: 'b rows', nodeId: 'b', port: 'rows' }],
    out: [
      { name: 'b rest', nodeId: 'b', port: 'rest' },
      { name: 'c matched', nodeId: 'c', port: 'matched' },
    ],
  })
})

test('what went over the edge in a run is counted by way: two lines into a port together, two out of one once', () => {
  const ran = (out: Record<string, number>): RunNode => ({ in: 0, out })
  const nodes = { a: ran({ rows: 30 }), b: ran({ matched: 20, rest: 10 }), c: ran({ matched: 15 }), d: ran({ rows: 15 }) }
  expect(countsOfWays(group, open.edges, nodes)).toEqual({ in: { 'b rows': 30 }, out: { 'b rest': 10, 'c matched': 15 } })
  expect(countsOfWays({ steps: ['e'] }, open.edges, nodes).in).toEqual({ 'e rows': 10 + 15 + 15 })
  expect(countsOfWays(group, open.edges, {})).toEqual({ in: {}, out: {} })
})

test('an arrow leads out of the card and back, never into it', () => {
  expect(['onward', 'next', 'back', 'previous'].map((way) => leadsTo(group, open.edges, way as 'back'))).toEqual([
    'e',
    'e',
    'a',
    'a',
  ])
  expect(leadsTo({ steps: ['a', 'b'] }, open.edges, 'back')).toBeNull()
})

test('whoever jumps to a problem inside of a folded group finds the step: the group is unfolded, in one step back', () => {
  const document = createDocumentStore(folded)
  const problem: Problem = { code: 'config-missing', severity: 'error', nodeId: 'c', message: { en: 'x', ko: 'x' } }
  goToProblem({ document, view: createViewStore() }, problem)
  expect(document.getState().selectedNodes).toEqual(['c'])
  expect(foldedAround(document.getState().document, 'c')).toBeNull()
  document.getState().undo()
  expect(foldedAround(document.getState().document, 'c')).toBe('g')
})

test('the badge of the card counts what a person must look at, and is as bad as the worst of it', () => {
  const found = (...severities: Problem['severity'][]) =>
    worstOf(severities.map((severity) => ({ code: 'x', severity, message: { en: '', ko: '' } })))
  expect(found('info', 'warning', 'error')).toEqual({ count: 2, worst: 'error' })
  expect(found('warning')).toEqual({ count: 1, worst: 'warning' })
  expect(found('info')).toBeNull()
})
