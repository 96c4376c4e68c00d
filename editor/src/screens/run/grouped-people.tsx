import { useMediaQuery } from '@mantine/hooks'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageItem } from '#schemas/message.ts'
import type { Run } from '#schemas/run.ts'
import type { MessageState } from '#schemas/states.ts'
import { firstMessagesQuery } from '#editor/api/runs.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { messageColors } from '#editor/parts/state-tones.ts'
import { usePersonCells } from './person-cells.tsx'
import { NobodyHere } from './people-rows.tsx'
import { countsOf, isEnded } from './run-facts.ts'
import type { RunPlace } from './run-search.ts'
import { useReasonName } from '#editor/parts/use-reason-name.ts'
import styles from './grouped-people.module.css'

/** What needs a person stands first, what went well last. */
const ORDER: readonly MessageState[] = [
  'unconfirmed',
  'failed',
  'expired',
  'errored',
  'cancelled',
  'sent',
  'skipped',
  'converted',
  'delivered',
  'sending',
  'pending',
]
/** The big groups show a few more. */
const SHOWN: Partial<Record<MessageState, number>> = { delivered: 8, failed: 5, unconfirmed: 5 }
const SHOWN_ELSE = 3

/** So many of a group are shown; nobody is sent elsewhere for the last one or two. */
function shownOf(state: MessageState, count: number): number {
  const few = SHOWN[state] ?? SHOWN_ELSE
  return count <= few + 2 ? few + 2 : few
}

/** Some people of each result under its heading; the rest of a group is one click away. */
export function GroupedPeople({ run, place }: { run: Run; place: RunPlace }) {
  const { t } = useTranslation()
  const counts = new Map(countsOf(run).map(({ state, count }) => [state, count]))
  const groups = ORDER.filter((state) => (counts.get(state) ?? 0) > 0)
  const live = !isEnded(run.state)
  const [visited, setVisited] = useState<string | null>(null)
  const queries = useQueries({
    queries: groups.map((state) => ({
      ...firstMessagesQuery(run.id, { state, limit: shownOf(state, counts.get(state) ?? 0) }),
      refetchInterval: live ? 2_000 : (false as const),
    })),
  })
  const failed = queries.find((query) => query.isError && query.data === undefined)
  if (failed !== undefined) return <ErrorNote error={failed.error} onRetry={() => void failed.refetch()} />
  if (groups.length === 0) return <NobodyHere live={live} place={place} />
  const ids = queries.flatMap(({ data }) => data?.items.map(({ id }) => id) ?? [])
  // Tab goes to one person and then past the list; arrows walk in it.
  const reachable = [visited, place.message].find((id) => id !== null && ids.includes(id)) ?? ids[0]
  return (
    <div className={styles.groups} role="table" aria-label={t('run.table.name')}>
      <Head />
      {groups.map((state, index) => (
        <Group
          key={state}
          run={run}
          state={state}
          count={counts.get(state) ?? 0}
          rows={queries[index]?.data?.items ?? []}
          reachable={reachable}
          onVisit={setVisited}
          place={place}
        />
      ))}
    </div>
  )
}

const useNarrow = () => useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false })

function Head() {
  const { head, template } = usePersonCells(useNarrow())
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" className={styles.line} style={{ gridTemplateColumns: template }}>
        {head.map((title) => (
          <span key={title} role="columnheader">
            {title}
          </span>
        ))}
      </div>
    </div>
  )
}

interface GroupProps {
  readonly run: Run
  readonly state: MessageState
  readonly count: number
  readonly rows: readonly MessageItem[]
  /** The person that Tab goes to. */
  readonly reachable: string | undefined
  readonly onVisit: (id: string) => void
  readonly place: RunPlace
}

function Group({ run, state, count, rows, reachable, onVisit, place }: GroupProps) {
  const { t } = useTranslation()
  const reasonName = useReasonName()
  const narrow = useNarrow()
  const { cells, template } = usePersonCells(narrow)
  const more = count - rows.length
  const reasons =
    state === 'skipped'
      ? Object.entries(run.excluded)
          .filter(([, people]) => people > 0)
          .map(([code, people]) => `${reasonName(code)} ${people}`)
      : []
  return (
    <div role="rowgroup">
      <div role="row" className={styles.group}>
        <span role="cell" aria-colspan={narrow ? 2 : 6}>
          <i style={{ background: messageColors[state] }} aria-hidden />
          <b>{t(`states.message.${state}`)}</b> <span>{[t('run.table.people', { count }), ...reasons].join(' · ')}</span>
          {more > 0 && rows.length > 0 && (
            <button type="button" onClick={() => place.go({ state, message: place.message })}>
              {t('run.table.more', { count: more })}
            </button>
          )}
        </span>
      </div>
      {rows.map((row) => (
        <div
          key={row.id}
          role="row"
          aria-selected={row.id === place.message}
          tabIndex={row.id === reachable ? 0 : -1}
          className={styles.line}
          data-choosable
          style={{ gridTemplateColumns: template, height: narrow ? 58 : 38 }}
          onFocus={() => onVisit(row.id)}
          onClick={() => place.go({ message: row.id })}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault()
              step(event.currentTarget, event.key === 'ArrowDown' ? 1 : -1)
            }
            if (event.key === 'Enter' || event.key === ' ') {
              event.preventDefault()
              place.go({ message: row.id })
            }
          }}
        >
          {cells(row).map((cell, column) => (
            <span key={column} role="cell">
              {cell}
            </span>
          ))}
        </div>
      ))}
    </div>
  )
}

/** The next person above or below, over the borders of groups. */
function step(from: HTMLElement, by: 1 | -1): void {
  const all = [...(from.closest('[role="table"]')?.querySelectorAll<HTMLElement>('[data-choosable]') ?? [])]
  all[all.indexOf(from) + by]?.focus()
}
