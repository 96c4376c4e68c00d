import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Connection, ConnectionKind } from '#schemas/connection.ts'
import { testConnection } from '#editor/api/connections.ts'
import { Screen } from '#editor/parts/screen.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import { TablesPane } from '#editor/screens/catalog/tables-pane.tsx'
import { HealthCard } from './health-card.tsx'
import { KindSign } from './kind-sign.tsx'
import { QueryLogCard } from './query-log-card.tsx'
import { SideCards } from './side-cards.tsx'
import { TestCard } from './test-result.tsx'
import { UsersCard } from './users-card.tsx'
import styles from './connection-form.module.css'

/** A connection that Alimflow makes itself: what it is, its test, who uses it. There is nothing to change. */
export function FixedConnection({ connection, kind }: { connection: Connection; kind: ConnectionKind }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  const test = useMutation({
    mutationFn: () => testConnection(connection.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['connections'] })
      await client.invalidateQueries({ queryKey: ['connection', connection.id] })
    },
  })
  return (
    <Screen title={connection.name} crumbs={<Link to="/data">{t('data.title')} /</Link>}>
      <div className={styles.columns} data-tables>
        <div className={styles.column}>
          <section className={styles.card}>
            <header className={styles.head}>
              <h2>
                <KindSign kind={kind.kind} role={kind.role} size={30} />
                {kind.title[language]}
              </h2>
            </header>
            <p className={styles.quiet}>{t('data.builtInText.embedded')}</p>
          </section>
          <TestCard
            role={connection.role}
            busy={test.isPending}
            result={test.data ?? null}
            error={test.error}
            onTest={() => test.mutate()}
          />
          <SideCards kind={kind} />
          <HealthCard connection={connection} />
          <QueryLogCard connectionId={connection.id} />
          <UsersCard used={connection} />
        </div>
        <div className={styles.column}>
          <TablesPane connectionId={connection.id} />
        </div>
      </div>
    </Screen>
  )
}
