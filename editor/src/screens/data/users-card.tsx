import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Connection } from '#schemas/connection.ts'
import styles from './connection-form.module.css'

/** The workflows that use a connection or a list, each with the way to it. */
export function UsersCard({ used: { usedBy = [] } }: { used: Pick<Connection, 'usedBy'> }) {
  const { t } = useTranslation()
  return (
    <section className={styles.card} aria-labelledby="used-by">
      <header className={styles.head}>
        <h2 id="used-by">{t('data.used.title')}</h2>
      </header>
      {usedBy.length === 0 ? (
        <p className={styles.quiet}>{t('data.used.none')}</p>
      ) : (
        <ul className={styles.list}>
          {usedBy.map(({ id, name }) => (
            <li key={id}>
              <Link to="/workflows/$id" params={{ id }}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
