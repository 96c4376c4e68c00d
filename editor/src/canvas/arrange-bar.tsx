import { ActionIcon } from '@mantine/core'
import {
  IconBoxMultiple,
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconLayoutGrid,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Arrangement } from '#editor/model/arrange.ts'
import { arrangeable, arrangeSelected, tidy } from '#editor/model/session-arrange.ts'
import { groupAndName } from '#editor/model/session-marks.ts'
import { useDocument, useSession } from './session-context.ts'
import { usePlaces } from './use-places.ts'
import styles from './arrange-bar.module.css'

const ARRANGEMENTS: readonly { readonly how: Arrangement; readonly Icon: typeof IconLayoutGrid; readonly key: string }[] = [
  { how: 'left', Icon: IconLayoutAlignLeft, key: 'Alt A' },
  { how: 'center', Icon: IconLayoutAlignCenter, key: 'Alt H' },
  { how: 'right', Icon: IconLayoutAlignRight, key: 'Alt D' },
  { how: 'top', Icon: IconLayoutAlignTop, key: 'Alt W' },
  { how: 'middle', Icon: IconLayoutAlignMiddle, key: 'Alt V' },
  { how: 'bottom', Icon: IconLayoutAlignBottom, key: 'Alt S' },
  { how: 'spreadAcross', Icon: IconLayoutDistributeVertical, key: 'Alt Shift H' },
  { how: 'spreadDown', Icon: IconLayoutDistributeHorizontal, key: 'Alt Shift V' },
]

/** What can be done with several chosen steps or notes at once: put in line, spread, tidied, grouped. */
export function ArrangeBar() {
  const { t } = useTranslation()
  const session = useSession()
  const places = usePlaces()
  const many = useDocument((state) => arrangeable(state).length)
  const steps = useDocument((state) => state.selectedNodes.length)
  if (many < 2) return null
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('editor.arrange.name')}>
      {ARRANGEMENTS.map(({ how, Icon, key }) => (
        <Tool key={how} label={t(`editor.arrange.${how}`)} hint={key} onClick={() => arrangeSelected(session, how, places.boxes)}>
          <Icon size={17} />
        </Tool>
      ))}
      {steps > 1 && (
        <>
          <span className={styles.line} />
          <Tool label={t('editor.arrange.tidy')} hint="Alt Shift T" onClick={() => tidy(session)}>
            <IconLayoutGrid size={17} />
          </Tool>
          <Tool label={t('marks.groupSteps')} hint="Ctrl G" onClick={() => groupAndName(session)}>
            <IconBoxMultiple size={17} />
          </Tool>
        </>
      )}
    </div>
  )
}

function Tool(props: { label: string; hint: string; onClick: () => void; children: ReactNode }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={30}
      aria-label={props.label}
      title={`${props.label} (${props.hint})`}
      onClick={props.onClick}
    >
      {props.children}
    </ActionIcon>
  )
}
