import { expect, test } from 'vitest'
import { apply, type Change, insertion } from './change.ts'
import { chain } from './fixture.ts'

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen)
    Object.freeze(value)
  }
  return value
}

const node = { id: 'new', type: 'filter', typeVersion: 1, position: { x: 1, y: 2 }, config: {} }

const changes: Record<string, Change> = {
  insert: insertion([node], [{ id: 'e9', source: 'audience', sourcePort: 'rows', target: 'new', targetPort: 'rows' }]),
  'remove a node in the middle': { kind: 'remove', nodeIds: ['fill'], edgeIds: [] },
  'remove several and a line': { kind: 'remove', nodeIds: ['start', 'text'], edgeIds: ['e2'] },
  move: { kind: 'move', positions: { fill: { x: 5, y: 6 }, gone: { x: 1, y: 1 } } },
  configure: { kind: 'configure', nodeId: 'text', config: { text: '안녕하세요' } },
  become: { kind: 'become', nodeId: 'audience', type: 'sql-source', typeVersion: 2, config: { sql: 'select 1' } },
  label: { kind: 'label', nodeId: 'text', label: '주간 안내' },
  'name and zone': { kind: 'about', patch: { name: '새 이름', description: '설명', timezone: 'Asia/Seoul' } },
  batch: {
    kind: 'batch',
    changes: [
      { kind: 'remove', nodeIds: ['fill'], edgeIds: [] },
      insertion([node]),
      { kind: 'label', nodeId: 'new', label: 'x' },
    ],
  },
  'a node that is not there': { kind: 'configure', nodeId: 'gone', config: {} },
}

test.each(Object.entries(changes))(
  '%s: undo gives back exactly what was, redo what became, nothing is mutated',
  (_name, change) => {
    const before = frozen(chain())
    const applied = apply(before, frozen(change))
    const back = apply(frozen(applied.document), applied.undo)
    expect(back.document).toEqual(before)
    expect(apply(back.document, back.undo).document).toEqual(applied.document)
  },
)

test('removing a node takes its lines along, and the undo puts both at their places', () => {
  const { document, undo } = apply(chain(), { kind: 'remove', nodeIds: ['fill'], edgeIds: [] })
  expect(document.edges.map(({ id }) => id)).toEqual(['e1', 'e4'])
  expect(apply(document, undo).document.edges.map(({ id }) => id)).toEqual(['e1', 'e2', 'e3', 'e4'])
  expect(apply(document, undo).document.nodes.map(({ id }) => id)).toEqual(['start', 'audience', 'fill', 'text', 'send'])
})

test('what a change does not touch stays the same object', () => {
  const before = chain()
  const { document } = apply(before, { kind: 'move', positions: { fill: { x: 1, y: 1 } } })
  expect(document.nodes[0]).toBe(before.nodes[0])
  expect(document.edges).toBe(before.edges)
})

test('taking label, description and zone away leaves no empty keys behind', () => {
  const named = apply(chain(), { kind: 'label', nodeId: 'fill', label: 'x' }).document
  expect(apply(named, { kind: 'label', nodeId: 'fill', label: null }).document).toEqual(chain())
  const about = apply(chain(), { kind: 'about', patch: { description: 'd' } }).document
  expect('description' in apply(about, { kind: 'about', patch: { description: null } }).document).toBe(false)
})

test('guards stand in the settings beside the zone, and go without a trace', () => {
  const zoned = apply(chain(), { kind: 'about', patch: { timezone: 'UTC' } }).document
  const guarded = apply(zoned, { kind: 'about', patch: { guards: { maxRecipients: 10 } } })
  expect(guarded.document.settings).toEqual({ timezone: 'UTC', guards: { maxRecipients: 10 } })
  expect(apply(guarded.document, guarded.undo).document).toEqual(zoned)
  expect(apply(guarded.document, { kind: 'about', patch: { guards: {} } }).document).toEqual(zoned)
})
