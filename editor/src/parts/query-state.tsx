import { Skeleton } from '@mantine/core'
import type { UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNote } from './error-note.tsx'

interface QueryStateProps<Data> {
  readonly query: UseQueryResult<Data> | UseInfiniteQueryResult<Data>
  /** What stands there while the first data is on its way; three lines unless given. */
  readonly skeleton?: ReactNode
  readonly children: (data: Data) => ReactNode
}

/** Skeleton, error with retry, or the data: the three faces of every screen that loads something. Old data stays while new is fetched. */
export function QueryState<Data>({ query, skeleton, children }: QueryStateProps<Data>) {
  const { t } = useTranslation()
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  return (
    <div role="status" aria-busy="true" aria-label={t('frame.loading')}>
      {skeleton ?? [0, 1, 2].map((line) => <Skeleton key={line} height={44} radius={10} mb={10} />)}
    </div>
  )
}
