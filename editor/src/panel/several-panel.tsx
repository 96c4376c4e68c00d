import { Button } from '@mantine/core'
import { IconBoxMultiple, IconStack2, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSession } from '#editor/canvas/session-context.ts'
import { removeSelected } from '#editor/model/session.ts'
import { groupAndName } from '#editor/model/session-marks.ts'
import { PanelHead } from './panel-head.tsx'
import styles from './panel.module.css'

/** Several steps are selected: what can be done with all of them. */
export function SeveralPanel({ steps, marks }: { steps: number; marks: number }) {
  const session = useSession()
  const { t } = useTranslation()
  const count = steps + marks
  return (
    <>
      <PanelHead
        tile={<IconStack2 size={22} aria-hidden />}
        title={<h2>{t(marks === 0 ? 'editor.panel.several' : 'editor.panel.severalThings', { count })}</h2>}
        line={t('editor.panel.severalHelp')}
        onClose={() => session.document.getState().select([])}
      />
      <div className={styles.body}>
        <div className={styles.section}>
          {steps > 0 && (
            <Button variant="default" leftSection={<IconBoxMultiple size={16} />} onClick={() => groupAndName(session)}>
              {t('marks.groupSteps')}
            </Button>
          )}
          <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => removeSelected(session)}>
            {t('editor.panel.removeSeveral', { count })}
          </Button>
        </div>
      </div>
    </>
  )
}
