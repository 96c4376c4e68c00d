import { SegmentedControl } from '@mantine/core'
import { IconSitemap, IconUsers } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunFrame } from '#schemas/frames.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { Run } from '#schemas/run.ts'
import { runQuery } from '#editor/api/runs.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { Screen } from '#editor/parts/screen.tsx'
import { RunStatePill } from '#editor/parts/state-pill.tsx'
import { FlowView } from './flow-view.tsx'
import { PeopleView } from './people-view.tsx'
import { ReasonBanner } from './reason-banner.tsx'
import { RunActions } from './run-actions.tsx'
import { isEnded, isSent, isSingleSends, withFrame } from './run-facts.ts'
import { indexTypes } from './run-graph.ts'
import { useRunPlace } from './run-search.ts'
import { ErasedBanner, RunKeeping } from './run-keeping.tsx'
import { RunSummary } from './run-summary.tsx'
import { RunsCrumb } from './runs-crumb.tsx'
import { UnconfirmedBanner } from './unconfirmed-banner.tsx'
import styles from './run-page.module.css'

interface RunPageProps {
  readonly run: Run
  readonly nodeTypes: readonly NodeDescriptor[]
  readonly frame: RunFrame | null
  /** The live connection is gone: the figures stand still. */
  readonly lost: boolean
}

/** The page of a run that was read. It shows the flow while it sends and the people afterwards, unless the address says otherwise. */
export function RunPage({ run: read, nodeTypes, frame, lost }: RunPageProps) {
  const { t } = useTranslation()
  const place = useRunPlace()
  const run = useMemo(() => withFrame(read, frame), [read, frame])
  const types = useMemo(() => indexTypes(nodeTypes), [nodeTypes])
  useFinalRead(read, run)
  // A run that wrote nobody down has only its flow to show.
  const peopleFirst = isSent(run.state) && (run.recipients ?? 0) > 0
  const view = place.view ?? (place.message !== null || place.state !== null || peopleFirst ? 'people' : 'flow')
  const title = t('run.heading', { workflow: run.workflowName, number: run.number })
  return (
    <Screen title={title} layout="full" crumbs={<RunsCrumb />} aside={<RunAside run={run} />} actions={<RunActions run={run} />}>
      <div className={styles.page}>
        {lost && !isEnded(run.state) && (
          <p className={styles.lost} role="status">
            {t('run.lost')}
          </p>
        )}
        <ErasedBanner run={run} />
        <ReasonBanner run={run} place={place} />
        <UnconfirmedBanner run={run} place={place} />
        <RunSummary run={run} place={place} />
        <div className={styles.views}>
          <SegmentedControl
            size="xs"
            aria-label={t('run.view.name')}
            value={view}
            onChange={(next) =>
              place.go({ view: next === 'flow' ? 'flow' : 'people', ...(next === 'flow' ? { message: null } : {}) })
            }
            data={[
              { value: 'flow', label: <ViewName icon={<IconSitemap size={14} aria-hidden />} text={t('run.view.flow')} /> },
              { value: 'people', label: <ViewName icon={<IconUsers size={14} aria-hidden />} text={t('run.view.people')} /> },
            ]}
          />
          <span>{view === 'flow' && t(isSent(run.state) ? 'run.flowNoteEnded' : 'run.flowNote')}</span>
          <div className={styles.keeping}>
            <RunKeeping run={run} />
          </div>
        </div>
        <div className={styles.view}>
          {view === 'flow' ? (
            <FlowView run={run} types={types} frame={frame} place={place} />
          ) : (
            <PeopleView run={run} types={types} place={place} />
          )}
        </div>
      </div>
    </Screen>
  )
}

function ViewName({ icon, text }: { icon: React.ReactNode; text: string }) {
  return (
    <span className={styles.viewName}>
      {icon}
      {text}
    </span>
  )
}

function RunAside({ run }: { run: Run }) {
  const { t } = useTranslation()
  return (
    <>
      <RunStatePill state={run.state} kind={run.kind} />
      {!isSingleSends(run) && (
        <Pill>{run.version === 'draft' ? t('run.draft') : t('run.version', { version: run.version })}</Pill>
      )}
      {run.kind === 'test' && <Pill tone="accent">{t('run.test')}</Pill>}
      <RelativeTime at={run.startedAt} />
    </>
  )
}

/** When the snapshots say that it ended, what was read at the start is read once more: times, the checked sum, the people. */
function useFinalRead(read: Run, run: Run): void {
  const queries = useQueryClient()
  const news = run.state !== read.state
  useEffect(() => {
    if (!news) return
    void queries.invalidateQueries({ queryKey: runQuery(run.id).queryKey })
    if (isEnded(run.state)) void queries.invalidateQueries({ queryKey: ['run', run.id, 'messages'] })
  }, [news, queries, run.id, run.state])
}
