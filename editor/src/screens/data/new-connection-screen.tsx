import { Button } from '@mantine/core'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ConnectionKind } from '#schemas/connection.ts'
import { useNodeTypes } from '#editor/api/workflows.ts'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'
import { toastDone } from '#editor/parts/toasts.ts'
import { ConnectSteps } from '#editor/screens/catalog/journey-steps.tsx'
import { ConnectionForm, FORM_ID } from './connection-form.tsx'
import { KindChoice } from './kind-choice.tsx'
import { useConnectionForm } from './use-connection-form.ts'

const route = getRouteApi('/data/new')

/** First which kind, then its form; the address holds the kind. */
export function NewConnectionScreen() {
  const { t } = useTranslation()
  const query = useNodeTypes()
  const { kind: wanted } = route.useSearch()
  const crumbs = <Link to="/data">{t('data.title')} /</Link>
  const kind = query.data?.connectionKinds.find((one) => one.kind === wanted && !one.builtIn)
  if (kind !== undefined) return <NewConnection key={kind.kind} kind={kind} />
  return (
    <Screen title={t('data.new')} crumbs={crumbs}>
      <QueryState query={query}>
        {({ connectionKinds }) => <KindChoice kinds={connectionKinds.filter(({ builtIn }) => !builtIn)} />}
      </QueryState>
    </Screen>
  )
}

function NewConnection({ kind }: { kind: ConnectionKind }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const form = useConnectionForm({ kind, connection: null })
  const save = async () => {
    const made = await form.save()
    if (made === null) return
    toastDone(t('data.form.created', { name: made.name }))
    // Its page tries it at once, and shows what came of it.
    await navigate({ to: '/data/$id', params: { id: made.id }, search: { new: 'yes' } })
  }
  const actions = (
    <>
      <Button variant="default" renderRoot={(props) => <Link to="/data" {...props} />}>
        {t('parts.confirm.cancel')}
      </Button>
      <Button type="submit" form={FORM_ID} loading={form.saving}>
        {t('data.form.saveNew')}
      </Button>
    </>
  )
  const back = (
    <Button variant="subtle" size="compact-sm" renderRoot={(props) => <Link to="/data/new" search={{}} {...props} />}>
      {t('data.choose.change')}
    </Button>
  )
  return (
    <Screen
      title={t('data.new')}
      crumbs={<Link to="/data">{t('data.title')} /</Link>}
      aside={kind.role === 'database' && <ConnectSteps at="connect" />}
      actions={actions}
    >
      <ConnectionForm form={form} onSave={() => void save()} more={back} />
    </Screen>
  )
}
