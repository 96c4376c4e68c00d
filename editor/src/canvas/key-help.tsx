import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '#editor/parts/key-hint.tsx'
import { KEYS } from './key-list.ts'
import { useSession, useView } from './session-context.ts'
import styles from './key-help.module.css'

/** The list of keys, opened by `?`. */
export function KeyHelp() {
  const { t } = useTranslation()
  const session = useSession()
  const opened = useView((state) => state.keyHelp)
  return (
    <Modal
      opened={opened}
      onClose={() => session.view.getState().set({ keyHelp: false })}
      title={<b>{t('editor.keys.title')}</b>}
      size="sm"
    >
      <dl className={styles.keys}>
        {KEYS.map(({ key, keys }) => (
          <div key={key}>
            <dt>{t(`editor.keys.${key}`)}</dt>
            <dd>
              {keys.map((one) => (
                <KeyHint key={one}>{one}</KeyHint>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
