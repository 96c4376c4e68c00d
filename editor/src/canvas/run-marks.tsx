import type { Node, NodeProps } from '@xyflow/react'
import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { readMark } from '#editor/model/marks.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import type { WorkflowGroup } from '#schemas/workflow.ts'
import { FoldedCard } from './folded-card.tsx'
import { useRunView } from './run-view.ts'
import { shownWays } from './shown-ways.ts'
import styles from './marks.module.css'

/** What a run's picture knows of a mark besides the draft that ran. */
export interface RunMarkData extends Record<string, unknown> {
  /** Shows the steps of a folded group, in this picture only. */
  readonly unfold?: () => void
}

/** The frame of a group, to read. */
export const RunGroupFrame = memo(function RunGroupFrame({ id }: NodeProps<Node>) {
  const { t } = useTranslation()
  const groupId = readMark(id)?.id
  const group = useRunView((view) => view.document.groups?.find((one) => one.id === groupId))
  if (group === undefined) return null
  return (
    <div className={styles.group} data-color={group.color ?? 'gray'}>
      <div className={styles.groupTitle}>
        <span>{group.title.trim() === '' ? t('marks.noTitle') : group.title}</span>
      </div>
    </div>
  )
})

/** A note, to read. */
export const RunNote = memo(function RunNote({ id }: NodeProps<Node>) {
  const noteId = readMark(id)?.id
  const note = useRunView((view) => view.document.notes?.find((one) => one.id === noteId))
  if (note === undefined) return null
  return (
    <div className={styles.note} data-color={note.color ?? 'yellow'}>
      <p className={styles.noteText}>{note.text}</p>
    </div>
  )
})

/** A folded group with what went over its edge, live. */
export const RunFoldedGroup = memo(function RunFoldedGroup({ id, data }: NodeProps<Node<RunMarkData>>) {
  const groupId = readMark(id)?.id
  const group = useRunView((view) => view.document.groups?.find((one) => one.id === groupId))
  return group === undefined ? null : <Folded id={id} group={group} {...data} />
})

function Folded({ id, group, unfold }: { id: string; group: WorkflowGroup } & RunMarkData) {
  const language = useLanguage()
  const document = useRunView((view) => view.document)
  const types = useRunView((view) => view.types)
  const nodes = useRunView((view) => view.nodes)
  const ways = useMemo(() => shownWays(group, { document, types, language, nodes }), [group, document, types, language, nodes])
  return <FoldedCard id={id} group={group} ways={ways} problems={null} selected={false} onUnfold={unfold ?? null} />
}
