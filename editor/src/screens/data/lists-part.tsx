import { Button, Skeleton } from '@mantine/core'
import { IconFileSpreadsheet, IconTableImport } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { StoredList } from '#schemas/list.ts'
import { listsQuery } from '#editor/api/lists.ts'
import { QueryState } from '#editor/parts/query-state.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import styles from './data.module.css'
import { UserNames } from './user-names.tsx'

/** The lists that were pasted, with the door to paste another one. */
export function ListsPart() {
  const { t } = useTranslation()
  const query = useQuery(listsQuery)
  return (
    <section className={styles.part} aria-labelledby="lists">
      <header className={styles.partHead}>
        <h2 id="lists">{t('lists.title')}</h2>
        <p>{t('lists.text')}</p>
        <Button
          component="a"
          href="/start/list"
          size="xs"
          variant="default"
          ml="auto"
          leftSection={<IconTableImport size={16} aria-hidden />}
        >
          {t('lists.paste')}
        </Button>
      </header>
      <QueryState query={query} skeleton={<Skeleton height={110} radius={14} />}>
        {({ items }) => (items.length === 0 ? <p className={styles.nothing}>{t('lists.none')}</p> : <Table items={items} />)}
      </QueryState>
    </section>
  )
}

function Table({ items }: { items: readonly StoredList[] }) {
  const { t } = useTranslation()
  return (
    <table className={styles.table} aria-label={t('lists.title')}>
      <thead>
        <tr>
          {(['name', 'rows', 'usedBy', 'changed'] as const).map((key) => (
            <th key={key} scope="col">
              {t(`lists.column.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, name, columns, rowCount, usedBy, updatedAt }) => (
          <tr key={id}>
            <th scope="row">
              <span className={styles.name}>
                <span className={styles.sign} data-tone="source" style={{ width: 34, height: 34 }} aria-hidden>
                  <IconFileSpreadsheet size={19} />
                </span>
                <span>
                  <Link to="/data/lists/$id" params={{ id }} className={styles.link}>
                    {name}
                  </Link>
                  <span className={styles.second}>{columns.map(({ label }) => label).join(' · ')}</span>
                </span>
              </span>
            </th>
            <td>{t('lists.people', { count: rowCount })}</td>
            <td>
              <UserNames usedBy={usedBy} />
            </td>
            <td className={styles.time}>
              <RelativeTime at={updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
