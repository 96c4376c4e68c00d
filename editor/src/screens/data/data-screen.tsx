import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Connection } from '#schemas/connection.ts'
import { connectionsQuery } from '#editor/api/connections.ts'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'
import { ConnectionTable } from './connection-table.tsx'
import { ListsPart } from './lists-part.tsx'
import { SavedPart } from './saved-part.tsx'
import styles from './data.module.css'

/** States change by themselves: the server looks at databases in use. */
const REFRESH_MS = 10_000

/** What workflows read and send through: databases, lists that were pasted, providers. */
export function DataScreen() {
  const { t } = useTranslation()
  const query = useQuery({ ...connectionsQuery, refetchInterval: REFRESH_MS })
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} renderRoot={(props) => <Link to="/data/new" {...props} />}>
      {t('data.new')}
    </Button>
  )
  return (
    <Screen title={t('data.title')} actions={add}>
      <QueryState
        query={query}
        skeleton={[0, 1].map((card) => (
          <Skeleton key={card} height={160} radius={14} mb={18} />
        ))}
      >
        {({ items }) => (
          <>
            <Part role="database" items={items} />
            <ListsPart />
            {items.some(({ role }) => role === 'service') && <Part role="service" items={items} />}
            <Part role="provider" items={items} />
            <SavedPart />
          </>
        )}
      </QueryState>
    </Screen>
  )
}

const WORDS = {
  database: { title: 'data.databases', text: 'data.databasesText', nothing: 'data.noDatabase' },
  service: { title: 'data.services', text: 'data.servicesText', nothing: 'data.noDatabase' },
  provider: { title: 'data.providers', text: 'data.providersText', nothing: 'data.noProvider' },
} as const

function Part({ role, items }: { role: 'database' | 'service' | 'provider'; items: readonly Connection[] }) {
  const { t } = useTranslation()
  const mine = items.filter((connection) => connection.role === role)
  const words = WORDS[role]
  return (
    <section className={styles.part} aria-labelledby={`connections-${role}`}>
      <header className={styles.partHead}>
        <h2 id={`connections-${role}`}>{t(words.title)}</h2>
        <p>{t(words.text)}</p>
      </header>
      {mine.length === 0 ? (
        <p className={styles.nothing}>{t(words.nothing)}</p>
      ) : (
        <ConnectionTable items={mine} label={t(words.title)} />
      )}
    </section>
  )
}
