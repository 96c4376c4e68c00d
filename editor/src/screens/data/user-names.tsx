import { useTranslation } from 'react-i18next'
import styles from './data.module.css'

/** The workflows that use a thing; more than two are counted. */
export function UserNames({ usedBy = [] }: { usedBy: readonly { readonly name: string }[] | undefined }) {
  const { t } = useTranslation()
  if (usedBy.length === 0) return <span className={styles.second}>{t('data.unused')}</span>
  const names = usedBy.map(({ name }) => name)
  return (
    <span title={names.join(', ')}>
      {names.slice(0, 2).join(', ')}
      {names.length > 2 && ` +${names.length - 2}`}
    </span>
  )
}
