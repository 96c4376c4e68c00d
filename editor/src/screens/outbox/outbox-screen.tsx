import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconMessageCircle } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '#schemas/api/outbox.ts'
import { outboxQuery } from '#editor/api/outbox.ts'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { useDocumentTitle } from '#editor/parts/screen.tsx'
import { ConversationFacts } from './conversation-facts.tsx'
import { ConversationList } from './conversation-list.tsx'
import { ConversationView } from './conversation-view.tsx'
import { type OutboxPlace, useOutboxPlace } from './outbox-place.ts'
import { OutboxTools } from './outbox-tools.tsx'
import styles from './outbox-screen.module.css'

/** What people got, as it lies on their phones. */
export function OutboxScreen() {
  const { t } = useTranslation()
  const place = useOutboxPlace()
  useDocumentTitle(`${t('screens.outbox.title')} · ${t('frame.name')}`)
  const query = useInfiniteQuery({
    ...outboxQuery({
      ...(place.runId === null ? {} : { runId: place.runId }),
      ...(place.address === null ? {} : { address: place.address }),
      ...(place.state === null ? {} : { state: place.state }),
    }),
    // Messages may be going out right now; who has scrolled far is reading.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) <= 1 ? 5_000 : false),
  })
  const narrow = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false })
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  // With room for it, the first conversation lies open; on a phone the list comes first.
  const open = items.find(({ id }) => id === place.person) ?? (narrow ? undefined : items[0])
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const filtered = place.address !== null || place.state !== null || place.runId !== null
  const nothing = query.data !== undefined && items.length === 0
  if (nothing && !filtered) return <NothingSent />
  return (
    <div className={styles.outbox} data-open={open !== undefined || undefined}>
      {!(narrow && open !== undefined) && (
        <div className={styles.list}>
          <OutboxTools place={place} />
          <div className={styles.conversations}>
            <QueryState query={query}>
              {() =>
                nothing ? (
                  <NothingFound place={place} />
                ) : (
                  <ConversationList
                    items={items}
                    chosen={open?.id ?? null}
                    onChoose={(id) => place.go({ person: id })}
                    onEnd={onEnd}
                  />
                )
              }
            </QueryState>
          </div>
        </div>
      )}
      {open !== undefined && <Opened conversation={open} narrow={narrow} place={place} />}
      {open === undefined && !narrow && <div className={styles.blank}>{!nothing && <p>{t('outbox.choose')}</p>}</div>}
    </div>
  )
}

function Opened({ conversation, narrow, place }: { conversation: Conversation; narrow: boolean; place: OutboxPlace }) {
  return (
    <>
      <ConversationView
        key={conversation.id}
        conversation={conversation}
        onBack={narrow ? () => place.go({ person: null }) : undefined}
      />
      <ConversationFacts conversation={conversation} />
    </>
  )
}

function NothingSent() {
  const { t } = useTranslation()
  return (
    <EmptyState
      heading="h1"
      icon={<IconMessageCircle size={28} aria-hidden />}
      title={t('outbox.empty.title')}
      text={t('outbox.empty.text')}
      action={<Button renderRoot={(props) => <Link to="/" {...props} />}>{t('outbox.empty.action')}</Button>}
    />
  )
}

function NothingFound({ place }: { place: OutboxPlace }) {
  const { t } = useTranslation()
  return (
    <EmptyState
      title={t(place.address === null ? 'outbox.empty.filtered' : 'outbox.empty.address')}
      text={place.address === null ? undefined : t('outbox.empty.addressText')}
      action={
        <Button variant="default" onClick={() => place.go({ address: null, state: null, runId: null, person: null })}>
          {t('outbox.empty.clear')}
        </Button>
      }
    />
  )
}
