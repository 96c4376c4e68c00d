import { Button, Skeleton } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Connection, ConnectionKind } from '#schemas/connection.ts'
import { ApiError } from '#editor/api/client.ts'
import { connectionQuery } from '#editor/api/connections.ts'
import { useNodeTypes } from '#editor/api/workflows.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'
import { toastDone } from '#editor/parts/toasts.ts'
import { JourneySteps } from '#editor/screens/catalog/journey-steps.tsx'
import { TablesPane } from '#editor/screens/catalog/tables-pane.tsx'
import { ConnectionForm, FORM_ID } from './connection-form.tsx'
import { HealthCard } from './health-card.tsx'
import { FixedConnection } from './fixed-connection.tsx'
import { KeptResultsCard } from './kept-results-card.tsx'
import { LimitCard } from './limit-note.tsx'
import { QueryLogCard } from './query-log-card.tsx'
import { ReadyCard } from './ready-card.tsx'
import { RemoveConnection } from './remove-connection.tsx'
import { UsersCard } from './users-card.tsx'
import { type ConnectionFormState, useConnectionForm } from './use-connection-form.ts'
import styles from './connection-form.module.css'

const route = getRouteApi('/data/$id')

/** One connection: its form, its test, who uses it. */
export function ConnectionScreen({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation()
  const query = useQuery(connectionQuery(connectionId))
  const kinds = useNodeTypes()
  // A reload after somebody else's change begins with a new form.
  const [round, setRound] = useState(0)
  const kind = kinds.data?.connectionKinds.find((one) => one.kind === query.data?.kind)
  if (query.data !== undefined && kind !== undefined) {
    const key = `${connectionId} ${round}`
    // What Alimflow sets at each start has no form.
    if (kind.builtIn) return <FixedConnection key={key} connection={query.data} kind={kind} />
    return <Editable key={key} connection={query.data} kind={kind} onReload={() => setRound((old) => old + 1)} />
  }
  return (
    <Screen title={query.data?.name ?? t('data.title')} crumbs={<Link to="/data">{t('data.title')} /</Link>}>
      <QueryState query={query} skeleton={<Skeleton height={360} radius={14} />}>
        {(connection) => (
          <QueryState query={kinds} skeleton={<Skeleton height={360} radius={14} />}>
            {() => <ErrorNote error={new Error(connection.kind)} />}
          </QueryState>
        )}
      </QueryState>
    </Screen>
  )
}

/** A breaker closes within seconds: the card should not stay behind. */
const LIMIT_MS = 5_000
const limitOf = ({ limit }: Connection) => limit ?? null

/** A connection that was just made is tried at once: what the account may do belongs to what comes next. */
function useTestOfNew(form: ConnectionFormState): void {
  const { new: isNew } = route.useSearch()
  const tried = useRef(false)
  useEffect(() => {
    if (isNew === undefined || tried.current) return
    tried.current = true
    void form.testSaved()
  }, [isNew, form])
}

interface EditableProps {
  readonly connection: Connection
  readonly kind: ConnectionKind
  readonly onReload: () => void
}

function Editable({ connection, kind, onReload }: EditableProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const form = useConnectionForm({ kind, connection })
  const limit = useQuery({ ...connectionQuery(connection.id), refetchInterval: LIMIT_MS, select: limitOf }).data ?? null
  const stale = form.error instanceof ApiError && form.error.code === 'stale-revision'
  const save = async () => {
    if ((await form.save()) === null) return
    void client.invalidateQueries({ queryKey: ['catalog', connection.id] })
    void client.invalidateQueries({ queryKey: ['connection', connection.id, 'results'] })
    toastDone(t('data.form.saved'))
    await form.testSaved()
  }
  useTestOfNew(form)
  const reload = async () => {
    await client.refetchQueries({ queryKey: ['connection', connection.id] })
    onReload()
  }
  const actions = (
    <>
      {!connection.builtIn && <RemoveConnection connection={connection} />}
      <Button type="submit" form={FORM_ID} loading={form.saving} disabled={!form.dirty}>
        {t('data.form.save')}
      </Button>
    </>
  )
  return (
    <Screen
      title={form.connection?.name ?? connection.name}
      crumbs={<Link to="/data">{t('data.title')} /</Link>}
      aside={form.dirty ? <span className={styles.unsaved}>{t('data.form.unsaved')}</span> : <JourneySteps role={kind.role} />}
      actions={actions}
    >
      {connection.builtIn && connection.kind === 'sandbox' && <p className={styles.lead}>{t('data.builtInText.sandbox')}</p>}
      <ConnectionForm
        form={form}
        onSave={() => void save()}
        beside={kind.role === 'database' ? <TablesPane connectionId={connection.id} /> : undefined}
      >
        {stale && (
          <section className={styles.card}>
            <p className={styles.quiet}>{t('data.form.stale')}</p>
            <Button mt={10} variant="default" onClick={() => void reload()}>
              {t('data.form.reload')}
            </Button>
          </section>
        )}
        {limit !== null && <LimitCard limit={limit} />}
        {kind.role === 'provider' && <ReadyCard connectionId={connection.id} />}
        {kind.role === 'database' && (
          <>
            <HealthCard connection={connection} />
            <KeptResultsCard connectionId={connection.id} />
            <QueryLogCard connectionId={connection.id} />
          </>
        )}
        <UsersCard used={connection} />
      </ConnectionForm>
    </Screen>
  )
}
