import { Button, Skeleton } from '@mantine/core'
import { IconTableImport } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ListDetail } from '#schemas/api/lists.ts'
import { listQuery } from '#editor/api/lists.ts'
import { QueryState } from '#editor/parts/query-state.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { Screen } from '#editor/parts/screen.tsx'
import { FirstRows } from './first-rows.tsx'
import { ListName } from './list-name.tsx'
import { RemoveList } from './remove-list.tsx'
import { UsersCard } from './users-card.tsx'
import styles from './connection-form.module.css'

/** One list that was pasted: its first rows, who uses it, its name; replaced by another sheet, or deleted. */
export function ListScreen({ listId }: { listId: string }) {
  const { t } = useTranslation()
  const query = useQuery(listQuery(listId))
  const list = query.data
  const actions = list === undefined ? undefined : <Actions list={list} />
  return (
    <Screen title={list?.name ?? t('lists.title')} crumbs={<Link to="/data">{t('data.title')} /</Link>} actions={actions}>
      <QueryState query={query} skeleton={<Skeleton height={360} radius={14} />}>
        {(found) => <Content list={found} />}
      </QueryState>
    </Screen>
  )
}

function Actions({ list }: { list: ListDetail }) {
  const { t } = useTranslation()
  const [user] = list.usedBy ?? []
  // The sheet is read for the workflow that writes to these people: its step and its texts are fitted to the new columns.
  const paste = user === undefined ? '/start/list' : `/start/list?workflow=${encodeURIComponent(user.id)}`
  return (
    <>
      <RemoveList list={list} />
      <Button component="a" href={paste} leftSection={<IconTableImport size={16} aria-hidden />}>
        {user === undefined ? t('lists.paste') : t('lists.one.replace')}
      </Button>
    </>
  )
}

function Content({ list }: { list: ListDetail }) {
  const { t } = useTranslation()
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <FirstRows list={list} />
      </div>
      <div className={styles.column}>
        <section className={styles.card} aria-labelledby="list-facts">
          <header className={styles.head}>
            <h2 id="list-facts">{t('lists.one.facts')}</h2>
          </header>
          <ListName key={list.name} list={list} />
          <dl className={styles.facts}>
            <dt>{t('lists.column.rows')}</dt>
            <dd>{t('lists.people', { count: list.rowCount })}</dd>
            <dt>{t('lists.one.created')}</dt>
            <dd>
              <RelativeTime at={list.createdAt} />
            </dd>
            {list.version > 1 && (
              <>
                <dt>{t('lists.one.version')}</dt>
                <dd>{t('lists.one.versions', { count: list.version - 1 })}</dd>
              </>
            )}
            <dt>{t('lists.one.changed')}</dt>
            <dd>
              <RelativeTime at={list.updatedAt} />
            </dd>
          </dl>
          <p className={styles.quiet} style={{ marginTop: 12 }}>
            {t('lists.one.keeps')}
          </p>
        </section>
        <UsersCard used={list} />
      </div>
    </div>
  )
}
