import { ActionIcon } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { type Edge, type EdgeProps } from '@xyflow/react'
import { memo, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { realEnd } from '#editor/model/folded-groups.ts'
import { isWrongLine } from '#editor/model/graph-index.ts'
import { turnOf } from '#editor/model/line-turns.ts'
import { removeSelected } from '#editor/model/session.ts'
import { Wire, endsOf } from './wire.tsx'
import { useChecks, useDocument, useSession, useView } from './session-context.ts'
import styles from './editor-wire.module.css'

/** A line of the draft: how many columns it carries, what is wrong with it, and the + that puts a step into it. */
export const EditorWire = memo(function EditorWire(props: EdgeProps<Edge>) {
  const { id, selected } = props
  const { nodeId: source, port } = realEnd(props.source, props.sourceHandleId ?? '')
  const { nodeId: target } = realEnd(props.target, props.targetHandleId ?? '')
  const { t } = useTranslation()
  const [pointed, setPointed] = useState(false)
  const columns = useChecks((state) => state.columns[source]?.out[port]?.length ?? null)
  const { types } = useSession()
  const turn = useDocument((state) => turnOf({ document: state.document, types }, { source, port }))
  const wrong = useChecks((state) => isWrongLine(state.problems, { id, target }))
  const isTarget = useView((state) => state.hoveredEdge === id)
  const side = port === 'undelivered' || port === 'failed'
  const showsActions = pointed || selected === true
  const look = useMemo(
    () => ({
      label: columns === null || columns === 0 || showsActions ? null : t('editor.canvas.columnsOnLine', { count: columns }),
      tone: isTarget ? ('target' as const) : wrong ? ('bad' as const) : side ? ('side' as const) : ('plain' as const),
      selected: selected === true,
      ...(showsActions ? { action: <WireActions id={id} removable={selected === true} /> } : {}),
    }),
    [columns, showsActions, isTarget, wrong, side, selected, id, t],
  )
  return (
    // A line is also reached by keyboard (React Flow focuses the group around it); hovering only shows its + earlier.
    <g onPointerEnter={() => setPointed(true)} onPointerLeave={() => setPointed(false)}>
      <Wire id={id} ends={endsOf(props)} look={look} turn={turn} />
    </g>
  )
})

function WireActions({ id, removable }: { id: string; removable: boolean }) {
  const session = useSession()
  const { t } = useTranslation()
  const edge = useDocument((state) => state.document.edges.find((one) => one.id === id))
  const add = (event: React.MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    session.view.getState().openPalette({ edgeId: id, at: { x: box.right + 6, y: box.top } })
  }
  if (edge === undefined) return null
  return (
    <span className={styles.actions}>
      <ActionIcon size={24} radius="xl" variant="filled" aria-label={t('editor.canvas.addIntoLine')} onClick={add}>
        <IconPlus size={14} />
      </ActionIcon>
      {removable && (
        <ActionIcon
          size={24}
          radius="xl"
          variant="default"
          aria-label={t('editor.canvas.removeLine')}
          onClick={() => removeSelected(session)}
        >
          <IconX size={14} />
        </ActionIcon>
      )}
    </span>
  )
}
