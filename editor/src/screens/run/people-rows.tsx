import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { runMessagesQuery } from '#editor/api/runs.ts'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { VirtualRows } from '#editor/parts/virtual-rows.tsx'
import { usePersonCells } from './person-cells.tsx'
import { isEnded } from './run-facts.ts'
import type { RunPlace } from './run-search.ts'

/** One list of any length, page by page. */
export function PeopleRows({ run, place }: { run: Run; place: RunPlace }) {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false })
  const { head, cells, template } = usePersonCells(narrow)
  const filter = {
    ...(place.state === null ? {} : { state: place.state }),
    ...(place.node === null ? {} : { node: place.node }),
    ...(place.address === null ? {} : { address: place.address }),
  }
  const live = !isEnded(run.state)
  const query = useInfiniteQuery({
    ...runMessagesQuery(run.id, filter),
    // Who has scrolled far reads; fetching all those pages again and again would only disturb.
    refetchInterval: ({ state }) => (live && (state.data?.pages.length ?? 0) <= 2 ? 2_000 : false),
  })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  return (
    <QueryState query={query}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.items)
        if (rows.length === 0) return <NobodyHere live={live} place={place} />
        return (
          <VirtualRows
            label={t('run.table.name')}
            rows={rows}
            rowKey={(row) => row.id}
            rowHeight={narrow ? 58 : 40}
            template={template}
            head={head}
            cells={cells}
            chosen={place.message}
            onChoose={(row) => place.go({ message: row.id })}
            onEnd={onEnd}
          />
        )
      }}
    </QueryState>
  )
}

export function NobodyHere({ live, place }: { live: boolean; place: RunPlace }) {
  const { t } = useTranslation()
  const filtered = place.state !== null || place.address !== null || place.node !== null
  const text =
    place.address !== null ? t('run.table.emptyAddress') : filtered ? undefined : live ? t('run.table.emptyYet') : undefined
  return (
    <EmptyState
      title={t('run.table.empty')}
      text={text}
      action={
        filtered ? (
          <Button variant="default" onClick={() => place.go({ state: null, address: null, node: null })}>
            {t('run.table.clear')}
          </Button>
        ) : undefined
      }
    />
  )
}
