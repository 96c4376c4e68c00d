import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { connectionsQuery } from '#editor/api/connections.ts'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'

/** Connections: databases and providers. */
export function DataScreen() {
  const { t } = useTranslation()
  const query = useQuery(connectionsQuery)
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} renderRoot={(props) => <Link to="/data/new" {...props} />}>
      {t('screens.data.new')}
    </Button>
  )
  return (
    <Screen title={t('screens.data.title')} actions={add}>
      <QueryState query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('screens.data.empty')} />
          ) : (
            <ul>
              {items.map((connection) => (
                <li key={connection.id}>
                  <Link to="/data/$id" params={{ id: connection.id }}>
                    {connection.name}
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
    </Screen>
  )
}
