import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { workflowsQuery } from '#editor/api/workflows.ts'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'

/** The workflows. */
export function HomeScreen() {
  const { t } = useTranslation()
  const query = useInfiniteQuery(workflowsQuery)
  return (
    <Screen title={t('screens.home.title')}>
      <QueryState query={query}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          if (items.length === 0) return <EmptyState title={t('screens.home.empty')} />
          return (
            <ul>
              {items.map((item) => (
                <li key={item.id}>
                  <Link to="/workflows/$id" params={{ id: item.id }}>
                    {item.name}
                  </Link>
                </li>
              ))}
            </ul>
          )
        }}
      </QueryState>
    </Screen>
  )
}
