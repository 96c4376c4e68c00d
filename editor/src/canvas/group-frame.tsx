import { ActionIcon } from '@mantine/core'
import { IconArrowsMinimize } from '@tabler/icons-react'
import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { readMark } from '#editor/model/marks.ts'
import { foldGroup } from '#editor/model/session-marks.ts'
import { useDocument, useSession } from './session-context.ts'
import styles from './marks.module.css'

/** The frame of a group. Its title is where it is taken hold of; through the rest of it the canvas is reached. */
export const GroupFrame = memo(function GroupFrame({ id, selected }: NodeProps<Node>) {
  const { t } = useTranslation()
  const session = useSession()
  const groupId = readMark(id)?.id
  const group = useDocument((state) => state.document.groups?.find((one) => one.id === groupId))
  if (group === undefined) return null
  return (
    <div className={styles.group} data-color={group.color ?? 'gray'} data-selected={selected}>
      <div
        className={styles.groupTitle}
        data-group-title
        // Before a drag begins: what else was selected must not come along.
        onPointerDown={() => session.document.getState().select([], [], [id])}
      >
        <span>{group.title.trim() === '' ? t('marks.noTitle') : group.title}</span>
        <ActionIcon
          className="nodrag"
          variant="subtle"
          color="gray"
          size={24}
          aria-label={t('marks.fold')}
          onClick={() => foldGroup(session, group.id, true)}
        >
          <IconArrowsMinimize size={14} />
        </ActionIcon>
      </div>
    </div>
  )
})
