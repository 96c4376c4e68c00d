import { useTranslation } from 'react-i18next'
import { KeyHint } from './key-hint.tsx'
import styles from './list-keys.module.css'

/** The foot of a list that a search field steers: a hint, and the keys that choose and close. */
export function ListKeys({ hint }: { hint: string }) {
  const { t } = useTranslation()
  return (
    <div className={styles.keys}>
      <span>{hint}</span>
      <span className={styles.group}>
        <KeyHint>↑</KeyHint>
        <KeyHint>↓</KeyHint>
        {t('editor.palette.choose')}
        <KeyHint>Esc</KeyHint>
        {t('editor.palette.close')}
      </span>
    </div>
  )
}
