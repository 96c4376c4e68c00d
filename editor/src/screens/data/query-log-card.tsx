import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { connectionQueriesQuery, type QueriesShown } from '#editor/api/connection-queries.ts'
import { QueryState } from '#editor/parts/query-state.tsx'
import { QueryLine } from './query-line.tsx'
import card from './connection-form.module.css'
import styles from './query-log.module.css'

const SHOWN: readonly QueriesShown[] = ['all', 'slow', 'failed']

/** What was asked of the database in the last days: when, for what, how long, how many rows. */
export function QueryLogCard({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation()
  const [show, setShow] = useState<QueriesShown>('all')
  const query = useInfiniteQuery(connectionQueriesQuery(connectionId, show))
  return (
    <section className={card.card} aria-labelledby="queries">
      <header className={card.head}>
        <h2 id="queries">{t('data.queries.title')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('data.queries.filter')}
          value={show}
          onChange={(next) => setShow(SHOWN.find((one) => one === next) ?? 'all')}
          data={SHOWN.map((value) => ({ value, label: t(`data.queries.show.${value}`) }))}
        />
      </header>
      <QueryState query={query} skeleton={<Skeleton height={90} radius={10} />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          if (items.length === 0) return <p className={card.quiet}>{t(`data.queries.none.${show}`)}</p>
          return (
            <>
              <ul className={styles.lines}>
                {items.map((one) => (
                  <QueryLine key={one.id} asked={one} />
                ))}
              </ul>
              {query.hasNextPage && (
                <Button
                  variant="subtle"
                  size="xs"
                  mt={8}
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {t('data.queries.more')}
                </Button>
              )}
            </>
          )
        }}
      </QueryState>
      <p className={styles.foot}>{t('data.queries.foot')}</p>
    </section>
  )
}
