import { Button } from '@mantine/core'
import { IconStack2, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSession } from '#editor/canvas/session-context.ts'
import { removeSelected } from '#editor/model/session.ts'
import { PanelHead } from './panel-head.tsx'
import styles from './panel.module.css'

/** Several steps are selected: what can be done with all of them. */
export function SeveralPanel({ count }: { count: number }) {
  const session = useSession()
  const { t } = useTranslation()
  return (
    <>
      <PanelHead
        tile={<IconStack2 size={22} aria-hidden />}
        title={<h2>{t('editor.panel.several', { count })}</h2>}
        line={t('editor.panel.severalHelp')}
        onClose={() => session.document.getState().select([])}
      />
      <div className={styles.body}>
        <div className={styles.section}>
          <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => removeSelected(session)}>
            {t('editor.panel.removeSeveral', { count })}
          </Button>
        </div>
      </div>
    </>
  )
}
