import { expect, test } from 'vitest'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { apply, type Change } from './change.ts'
import { pasting, pieceText, readPiece } from './clipboard.ts'
import { changesIn, compareDocuments } from './compare.ts'
import { chain } from './fixture.ts'
import { frameOf } from './frames.ts'
import { addingNote, changingGroup, changingNotes, grouping, removingMarks } from './marks.ts'

const made = (document: WorkflowDocument, change: Change | null): WorkflowDocument => {
  if (change === null) throw new Error('there is no change')
  return apply(document, change).document
}

/** The chain with the group "받는 사람" around two steps, and a note. */
function drawn(): WorkflowDocument {
  const grouped = made(chain(), grouping(chain(), ['fill', 'audience'])?.change ?? null)
  const named = made(grouped, changingGroup(grouped, 'group-1', { title: '받는 사람', color: 'blue' }))
  const noted = made(named, addingNote(named, { x: 10.4, y: -150 }).change)
  return made(noted, changingNotes(noted, { 'note-1': { text: '월요일마다' } }))
}

test('notes and groups stand behind the lines and before the settings, and no empty list is left behind', () => {
  const zoned = made(drawn(), { kind: 'about', patch: { timezone: 'Asia/Seoul', description: '설명' } })
  const keys = ['schemaVersion', 'name', 'description', 'nodes', 'edges', 'groups', 'notes', 'settings']
  expect(Object.keys(zoned)).toEqual(keys)
  expect(zoned.groups).toEqual([{ id: 'group-1', title: '받는 사람', color: 'blue', steps: ['audience', 'fill'] }])
  expect(zoned.notes).toEqual([
    { id: 'note-1', text: '월요일마다', position: { x: 10, y: -150 }, size: { width: 220, height: 120 } },
  ])
  const bare = made(zoned, removingMarks(zoned, ['note:note-1', 'group:group-1']))
  expect(Object.keys(bare)).toEqual(keys.filter((key) => key !== 'groups' && key !== 'notes'))
  expect(bare.nodes).toEqual(chain().nodes)
  expect(removingMarks(bare, ['note:note-1'])).toBeNull()
})

test('a step that goes leaves its group, the last one takes it along; one step back brings all of it back', () => {
  const document = drawn()
  const without = apply(document, { kind: 'remove', nodeIds: ['fill'], edgeIds: [] })
  expect(without.document.groups?.[0]?.steps).toEqual(['audience'])
  expect(apply(without.document, without.undo).document).toEqual(document)
  const empty = apply(document, { kind: 'remove', nodeIds: ['audience', 'fill'], edgeIds: [] })
  expect(empty.document.groups).toBeUndefined()
  expect(apply(empty.document, empty.undo).document).toEqual(document)
})

test('a step is in one group at most', () => {
  const document = drawn()
  const again = made(document, grouping(document, ['fill', 'text'])?.change ?? null)
  expect(again.groups?.map(({ id, steps }) => [id, steps])).toEqual([
    ['group-1', ['audience']],
    ['group-2', ['fill', 'text']],
  ])
  expect(grouping(document, ['gone'])).toBeNull()
})

test('a copied group brings its steps, a note its text; both come under names of their own', () => {
  const document = drawn()
  const read = readPiece(pieceText(document, [], ['group:group-1', 'note:note-1']))
  if (typeof read === 'string') throw new Error(read)
  expect(read.nodes.map(({ id }) => id)).toEqual(['audience', 'fill'])
  const { change, nodeIds, marks } = pasting(document, read, null)
  const pasted = apply(document, change)
  expect(marks).toEqual(['group:group-2', 'note:note-2'])
  expect(pasted.document.groups?.[1]).toEqual({ id: 'group-2', title: '받는 사람', color: 'blue', steps: nodeIds })
  expect(pasted.document.notes?.[1]?.text).toBe('월요일마다')
  expect(apply(pasted.document, pasted.undo).document).toEqual(document)
})

test('a note alone can be copied; one whose form is wrong is told', () => {
  const note = { id: 'n', text: '안녕', position: { x: 0, y: 0 }, size: { width: 100, height: 50 } }
  expect(readPiece(JSON.stringify({ nodes: [], notes: [note] }))).toMatchObject({ notes: [note] })
  const lying: WorkflowDocument = { ...chain(), notes: [note] }
  const read = readPiece(pieceText(lying, [], ['note:n']))
  if (typeof read === 'string') throw new Error(read)
  // Beside the one it was copied from, not upon it.
  expect(made(lying, pasting(lying, read, null).change).notes?.[1]?.position).not.toEqual(note.position)
  for (const wrong of [
    { ...note, color: 'gold' },
    { ...note, size: { width: 'x', height: 1 } },
    { ...note, text: 3 },
  ])
    expect(readPiece(JSON.stringify({ nodes: [], notes: [wrong] }))).toBe('broken')
})

test('the versions screen is told what became of notes and groups; where a note lies is no difference', () => {
  const before = drawn()
  const written = made(before, changingNotes(before, { 'note-1': { text: '화요일마다', position: { x: 500, y: 0 } } }))
  const after = made(written, removingMarks(written, ['group:group-1']))
  const found = compareDocuments(before, after)
  expect(found.marks).toEqual([
    { kind: 'removed', mark: 'group', id: 'group-1', text: '받는 사람', fields: [] },
    {
      kind: 'changed',
      mark: 'note',
      id: 'note-1',
      text: '화요일마다',
      fields: [{ path: ['text'], before: '월요일마다', after: '화요일마다' }],
    },
  ])
  expect(changesIn(found)).toBe(2)
  const moved = made(before, changingNotes(before, { 'note-1': { position: { x: 9, y: 9 } } }))
  expect(changesIn(compareDocuments(before, moved))).toBe(0)
})

test('a frame is drawn around the cards as they are, and not at all where none is left', () => {
  const group = { id: 'g', title: '', steps: ['a', 'b', 'gone'] }
  const boxes = new Map([
    ['a', { position: { x: 0, y: 0 }, width: 172, height: 90 }],
    ['b', { position: { x: 220, y: 30 }, width: 172, height: 130 }],
  ])
  expect(frameOf(group, boxes)).toEqual({ position: { x: -20, y: -48 }, width: 432, height: 228 })
  expect(frameOf({ ...group, steps: ['gone'] }, boxes)).toBeNull()
})
