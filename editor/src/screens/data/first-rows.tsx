import { useTranslation } from 'react-i18next'
import type { ListDetail } from '#schemas/api/lists.ts'
import styles from './first-rows.module.css'
import card from './connection-form.module.css'

/** The first rows of a list as the server lets people see them. */
export function FirstRows({ list: { columns, firstRows } }: { list: ListDetail }) {
  const { t } = useTranslation()
  return (
    <section className={card.card} aria-labelledby="first-rows">
      <header className={card.head}>
        <h2 id="first-rows">{t('lists.one.rows', { count: firstRows.length })}</h2>
        <span className={card.quiet}>{t('lists.one.rowsText')}</span>
      </header>
      {firstRows.length === 0 ? (
        <p className={card.quiet}>{t('lists.one.noRows')}</p>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="group" aria-labelledby="first-rows">
          <table className={styles.table}>
            <thead>
              <tr>
                {columns.map(({ name, label, kind }) => (
                  <th key={name} scope="col">
                    {label}
                    <small>{t(`lists.kind.${kind}`)}</small>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {firstRows.map((cells, row) => (
                // Rows have no name of their own, and are never put in another order.
                // oxlint-disable-next-line react/no-array-index-key
                <tr key={row}>
                  {cells.map((cell, place) => (
                    <td key={columns[place]?.name}>{cell ?? <i>{t('lists.one.empty')}</i>}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
