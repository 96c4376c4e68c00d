import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { connectionQuery } from '#editor/api/connections.ts'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'

/** One connection. */
export function ConnectionScreen({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation()
  const query = useQuery(connectionQuery(connectionId))
  return (
    <Screen title={query.data?.name ?? t('screens.data.one')} crumbs={<Link to="/data">{t('screens.data.title')} /</Link>}>
      <QueryState query={query}>{(connection) => <p>{connection.kind}</p>}</QueryState>
    </Screen>
  )
}
