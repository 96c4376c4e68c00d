import { expect, test } from 'vitest'
import { expand, type ShortWorkflow } from '#runtime/test/short-workflow.ts'
import { memoryHost } from '#runtime/test/memory-host.ts'
import { atOuter } from './at-outer.ts'
import { collectInner } from './inner-workflows.ts'
import { MOST_LEVELS, unfold } from './unfold.ts'

const use = (workflow: string, version = 1) => ({ type: 'sub-workflow', config: { workflow, version } })
const part = (nodes: ShortWorkflow['nodes'], edges: readonly string[]): ShortWorkflow => ({
  nodes: {
    in: {
      type: 'part-input',
      config: { takes: 'rows', columns: [{ name: 'phone', type: 'text', required: true, example: '1' }] },
    },
    ...nodes,
  },
  edges,
})
const through = part({ work: { type: 'work' }, out: { type: 'part-output' } }, ['in.rows -> work.rows', 'work.rows -> out.rows'])

async function unfolded(workflow: ShortWorkflow, inner: Record<string, readonly ShortWorkflow[]>, self?: string) {
  const document = expand(workflow)
  const host = memoryHost({ inner })
  const all = await collectInner(document, host.inner)
  return { ...unfold(document, all, self), all }
}

const lines = ({
  document,
}: {
  document: { edges: readonly { source: string; sourcePort: string; target: string; targetPort: string }[] }
}) => document.edges.map(({ source, sourcePort, target, targetPort }) => `${source}.${sourcePort} -> ${target}.${targetPort}`)

test('the steps inside stand in the place of the step, and the lines lead to them', async () => {
  const made = await unfolded(
    {
      nodes: {
        a: { type: 'a' },
        step: { ...use('가'), config: { workflow: '가', version: 1, columns: { phone: 'mobile' } } },
        b: { type: 'b' },
      },
      edges: ['a.rows -> step.rows', 'step.out -> b.rows'],
    },
    { 가: [through] },
  )
  expect(made.findings).toEqual([])
  expect(made.document.nodes.map(({ id, type }) => `${id} ${type}`)).toEqual([
    'a a', 'step/in part-entry', 'step/work work', 'step/out part-exit', 'b b',
  ]) // prettier-ignore
  expect(lines(made)).toEqual([
    'a.rows -> step/in.rows', 'step/out.rows -> b.rows', 'step/in.rows -> step/work.rows', 'step/work.rows -> step/out.rows',
  ]) // prettier-ignore
  expect(made.document.nodes[1]?.config).toEqual({
    takes: 'rows',
    needs: [{ name: 'phone', type: 'text', required: true }],
    columns: { phone: 'mobile' },
    part: '가',
  })
  // Twice the same, and nothing of what was given is changed.
  const again = unfold(made.document, made.all)
  expect(again.document).toBe(made.document)
})

test('one that goes straight into another, and one inside another', async () => {
  const outer = part({ deep: use('가'), out: { type: 'part-output' } }, ['in.rows -> deep.rows', 'deep.out -> out.rows'])
  const made = await unfolded(
    { nodes: { one: use('가'), two: use('나') }, edges: ['one.out -> two.rows'] },
    { 가: [through], 나: [outer] },
  )
  expect(lines(made)).toContain('one/out.rows -> two/in.rows')
  expect(lines(made)).toContain('two/in.rows -> two/deep/in.rows')
  expect(lines(made)).toContain('two/deep/out.rows -> two/out.rows')
  expect([...made.steps.keys()]).toEqual(['one', 'two', 'two/deep'])
})

test('a circle, oneself, too many levels and what is not there stay one step, with a finding', async () => {
  const into = (name: string) => part({ next: use(name) }, ['in.rows -> next.rows'])
  const codes = async (...args: Parameters<typeof unfolded>) =>
    (await unfolded(...args)).findings.map(({ code, nodeId }) => `${code} ${nodeId}`)
  const step = { nodes: { step: use('가') } }
  expect(await codes(step, { 가: [into('나')], 나: [into('가')] })).toEqual(['part-circle step/next/next'])
  expect(await codes(step, { 가: [through] }, '가')).toEqual(['part-circle step'])
  expect(await codes(step, {})).toEqual(['part-missing step'])
  expect(await codes({ nodes: { step: use('가', 2) } }, { 가: [through] })).toEqual(['part-missing step'])
  // Published once, and then made into something else: it has no way in.
  expect(await codes(step, { 가: [{ nodes: { start: { type: 'manual-trigger' } } }] })).toEqual(['part-missing step'])
  const deep = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`w${at}`, [into(`w${at + 1}`)]]))
  expect(await codes({ nodes: { step: use('w0') } }, deep)).toEqual([`parts-too-deep step${'/next'.repeat(MOST_LEVELS)}`])
})

test('more steps than anybody can follow are refused, however few of them were drawn', async () => {
  const many = (name: string) => part(Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`n${at}`, use(name)])), [])
  const made = await unfolded(
    { nodes: { step: use('가') } },
    { 가: [many('나')], 나: [many('다')], 다: [many('라')], 라: [through] },
  )
  expect(made.findings[0]?.code).toBe('parts-too-many')
  expect(made.document.nodes.length).toBeLessThan(2500)
})

test('a line at a way out that is not there any more is told, by its old name, and taken away', async () => {
  const step = { type: 'sub-workflow', config: { workflow: '가', version: 1, exits: [{ id: 'old', name: '예전 길' }] } }
  const made = await unfolded(
    { nodes: { step, b: { type: 'b' } }, edges: ['step.old -> b.rows', 'b.rows -> step.other'] },
    { 가: [through] },
  )
  expect(made.findings).toMatchObject([
    { code: 'unknown-port', nodeId: 'step', edgeId: 'e1', fields: { port: '예전 길' }, fix: { removeEdgeId: 'e1' } },
    { code: 'unknown-port', nodeId: 'step', edgeId: 'e2', fields: { port: 'other' } },
  ])
  expect(lines(made)).toEqual(['step/in.rows -> step/work.rows', 'step/work.rows -> step/out.rows'])
})

test('a problem inside stands at the step outside, names the inner one, and offers only what can be done there', async () => {
  const outer = part({ deep: use('가'), out: { type: 'part-output' } }, ['in.rows -> deep.rows', 'deep.out -> out.rows'])
  const { steps } = await unfolded({ nodes: { step: use('나') } }, { 가: [through], 나: [outer] })
  const seen = (problem: object) =>
    atOuter(
      { code: 'x', severity: 'error', message: { en: 'Wrong.', ko: '틀렸어요.' }, ...problem },
      { steps, nameOf: (id) => ({ en: `the ${id}`, ko: `그 ${id}` }) },
    )
  const title = { en: 'Mend', ko: '고치기' }
  expect(seen({ nodeId: 'step/deep/work', field: 'sql', fix: { title, nodeId: 'step/deep/work', config: { a: 1 } } })).toEqual({
    code: 'x',
    severity: 'error',
    nodeId: 'step',
    message: { en: 'Inside, at "가 › the step/deep/work": Wrong.', ko: '안에 있는 ‘가 › 그 step/deep/work’ 단계: 틀렸어요.' },
  })
  // Where people come in it is the outer step that is meant.
  expect(
    seen({ nodeId: 'step/in', field: 'columns/phone', fix: { title, nodeId: 'step/in', config: { columns: { phone: 'b' } } } }),
  ).toMatchObject({
    nodeId: 'step',
    field: 'columns/phone',
    message: { ko: '틀렸어요.' },
    fix: { nodeId: 'step', config: { columns: { phone: 'b' } } },
  })
  const connect = { source: 'step/out', sourcePort: 'rows', target: 'step/in', targetPort: 'rows' }
  expect(seen({ nodeId: 'b', fix: { title, connect } }).fix?.connect).toEqual({
    source: 'step',
    sourcePort: 'out',
    target: 'step',
    targetPort: 'rows',
  })
  expect(seen({ nodeId: 'b', fix: { title, connect: { ...connect, source: 'step/deep/out' } } }).fix).toBeUndefined()
  expect(seen({ nodeId: 'b', edgeId: 'step/e1' }).edgeId).toBeUndefined()
})
