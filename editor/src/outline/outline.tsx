import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkflowNode } from '#schemas/workflow.ts'
import { useDocument, useSession, useView } from '#editor/canvas/session-context.ts'
import { outlineOf } from '#editor/model/outline.ts'
import { stepAlong } from '#editor/model/walk.ts'
import { isComposing } from '#editor/parts/composition-guard.ts'
import { OutlineStep } from './outline-step.tsx'
import { OutlineTools } from './outline-tools.tsx'
import { focusPanel } from './focus-panel.ts'
import styles from './outline.module.css'

/** The draft as a list that edits the same graph: everything that the picture can, by keyboard and by screen reader. */
export function Outline() {
  const { t } = useTranslation()
  const session = useSession()
  const nodes = useDocument((state) => state.document.nodes)
  const edges = useDocument((state) => state.document.edges)
  const rows = useMemo(() => outlineOf({ nodes, edges }), [nodes, edges])
  const selected = useDocument((state) => state.selectedNodes)
  // Where the selected step was deleted, the one in its place goes on.
  const [place, setPlace] = useState(0)
  const found = rows.findIndex(({ id }) => id === selected[0])
  if (found >= 0 && found !== place) setPlace(found)
  const at = found >= 0 ? found : Math.min(place, rows.length - 1)
  const current = rows[at]?.id
  const list = useRef<HTMLDivElement>(null)
  useFocusKept(list, current, nodes)
  const go = (id: string | null | undefined) => {
    if (id == null) return
    session.document.getState().select([id])
    rowOf(list.current, id)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent) || event.ctrlKey || event.metaKey || event.altKey || current === undefined) return
    const graph = { nodes, edges }
    const ways: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(rows[at + 1]?.id),
      ArrowUp: () => go(rows[at - 1]?.id),
      Home: () => go(rows[0]?.id),
      End: () => go(rows.at(-1)?.id),
      ArrowRight: () => go(stepAlong(graph, current, 'onward')),
      ArrowLeft: () => go(stepAlong(graph, current, 'back')),
      Enter: () => focusPanel(session, current),
      F2: () => focusPanel(session, current),
    }
    const way = ways[event.key]
    if (way === undefined) return
    event.preventDefault()
    way()
  }
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const id = event.target.dataset['row']
    if (id !== undefined && !(selected.length === 1 && selected[0] === id)) session.document.getState().select([id])
  }
  if (rows.length === 0) return <p className={styles.empty}>{t('outline.noSteps')}</p>
  return (
    <div className={styles.outline}>
      <OutlineTools nodeId={selected.length > 0 ? current : undefined} />
      <div
        ref={list}
        role="tree"
        aria-label={t('outline.name')}
        aria-multiselectable
        className={styles.list}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
      >
        {rows.map((row) => (
          <OutlineStep key={row.id} row={row} selected={selected.includes(row.id)} reachable={row.id === current} />
        ))}
      </div>
    </div>
  )
}

function rowOf(list: HTMLElement | null, id: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`) ?? null
}

/** When the focused row is deleted, a name was taken, or a dialog closes, who works in the list goes on in it. */
function useFocusKept(list: RefObject<HTMLDivElement | null>, current: string | undefined, nodes: readonly WorkflowNode[]): void {
  const closed = useView((state) => state.palette === null && state.linking === null)
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body
    if (lost && closed && current !== undefined) rowOf(list.current, current)?.focus()
  }, [list, current, closed, nodes])
}
