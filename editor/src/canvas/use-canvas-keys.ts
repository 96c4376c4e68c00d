import { useEffect } from 'react'
import { isComposing } from '#editor/parts/composition-guard.ts'
import { currentDocument, type EditorSession, removeSelected } from '#editor/model/session.ts'
import { useSession } from './session-context.ts'

/** Keys belong to what a person types in, not to the canvas. */
function typesSomewhere(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable="true"], .monaco-editor, [role="listbox"], [role="dialog"]') !==
      null
  )
}

/** The neighbour along a line: `1` onward, `-1` back. */
function neighbour(session: EditorSession, way: 1 | -1): string | null {
  const { selectedNodes, document } = session.document.getState()
  const from = selectedNodes[0]
  if (from === undefined) return document.nodes[0]?.id ?? null
  const edge = document.edges.find(({ source, target }) => (way === 1 ? source : target) === from)
  return (way === 1 ? edge?.target : edge?.source) ?? null
}

interface KeyAct {
  readonly when: (event: KeyboardEvent) => boolean
  readonly act: (session: EditorSession, event: KeyboardEvent) => void
}

const command = (event: KeyboardEvent) => event.ctrlKey || event.metaKey
const plain = (event: KeyboardEvent) => !command(event) && !event.altKey

/** `code` is the key's place on the board: `N` works with a Korean keyboard as well. */
const acts: readonly KeyAct[] = [
  {
    when: (event) => command(event) && event.code === 'KeyZ' && !event.shiftKey,
    act: (session) => session.document.getState().undo(),
  },
  {
    when: (event) => command(event) && ((event.code === 'KeyZ' && event.shiftKey) || event.code === 'KeyY'),
    act: (session) => session.document.getState().redo(),
  },
  {
    when: (event) => command(event) && event.code === 'KeyA',
    act: (session) => session.document.getState().select(currentDocument(session).nodes.map(({ id }) => id)),
  },
  { when: (event) => command(event) && event.key === 'Enter', act: (session) => session.refreshPreview() },
  {
    when: (event) => plain(event) && event.code === 'KeyN' && !event.shiftKey,
    act: (session) => session.view.getState().openPalette(),
  },
  {
    when: (event) => plain(event) && (event.key === 'Delete' || event.key === 'Backspace'),
    act: (session) => removeSelected(session),
  },
  { when: (event) => plain(event) && event.key === 'Escape', act: escape },
]

function escape(session: EditorSession): void {
  if (session.view.getState().palette !== null) session.view.getState().closePalette()
  else session.document.getState().select([])
}

function walk(session: EditorSession, event: KeyboardEvent): boolean {
  const way =
    event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : null
  if (way === null || !plain(event) || !(event.target instanceof Element) || event.target.closest('.react-flow') === null)
    return false
  const id = neighbour(session, way)
  if (id === null) return true
  session.document.getState().select([id])
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus()
  return true
}

function opens(session: EditorSession, event: KeyboardEvent): boolean {
  if ((event.key !== 'Enter' && event.key !== ' ') || !plain(event) || !(event.target instanceof HTMLElement)) return false
  const node = event.target.classList.contains('react-flow__node') ? event.target.dataset.id : undefined
  const edge = event.target.classList.contains('react-flow__edge') ? event.target.dataset.id : undefined
  if (node !== undefined) session.document.getState().select([node])
  else if (edge !== undefined) session.document.getState().select([], [edge])
  return node !== undefined || edge !== undefined
}

/** The canvas' shortcuts, all in one list; never while somebody types or a syllable is being composed. */
export function useCanvasKeys(): void {
  const session = useSession()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event) || typesSomewhere(event.target)) return
      if (opens(session, event) || walk(session, event)) return event.preventDefault()
      const found = acts.find(({ when }) => when(event))
      if (found === undefined) return
      event.preventDefault()
      found.act(session, event)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [session])
}
