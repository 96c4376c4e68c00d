import { Button } from '@mantine/core'
import { IconPlayerPause } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Connection } from '#schemas/connection.ts'
import type { Run } from '#schemas/run.ts'
import { connectionsQuery } from '#editor/api/connections.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { Banner } from './banner.tsx'
import { isProblem, isRestored, ResumeRun } from './pause-run.tsx'
import { can, progressOf } from './run-facts.ts'
import { documentOf } from './run-graph.ts'

/** A run that stands still: by a person, or by something to mend — with the way to it, and how to go on. */
export function PausedBanner({ run }: { run: Run }) {
  const { t } = useTranslation()
  const { left } = progressOf(run)
  const problem = isProblem(run)
  // What went wrong inside of Alimflow is not mended in a connection, and after a restore nothing is to be mended.
  const mendable = problem && run.reason?.code !== 'internal' && !isRestored(run)
  const actions = (
    <>
      {mendable && <Mend run={run} />}
      {can(run, 'resume') && <ResumeRun run={run} size="xs" />}
    </>
  )
  return (
    <Banner
      state={problem ? 'paused' : 'held'}
      urgent={problem}
      sign={<IconPlayerPause size={20} />}
      title={t(problem ? 'run.reason.paused' : 'control.paused.byHand', { count: left })}
      reason={problem ? run.reason : null}
      actions={actions}
    >
      {mendable && <p>{t('control.paused.fixFirst')}</p>}
      {run.expiresAt !== null && (
        <p>
          {t('control.paused.expires')} <RelativeTime at={run.expiresAt} />
        </p>
      )}
    </Banner>
  )
}

/** Where to mend it: the connections that the run sends through, else the flow. */
function Mend({ run }: { run: Run }) {
  const { t } = useTranslation()
  const { data } = useQuery(connectionsQuery)
  const connections = data === undefined ? [] : connectionsOf(run, data.items)
  return (
    <>
      {connections.map(({ id, name }) => (
        <Button key={id} size="xs" variant="default" renderRoot={(props) => <Link to="/data/$id" params={{ id }} {...props} />}>
          {t('control.paused.connection', { name })}
        </Button>
      ))}
      {connections.length === 0 && (
        <Button size="xs" variant="default" renderRoot={(props) => <Link to="/data" {...props} />}>
          {t('run.reason.connections')}
        </Button>
      )}
    </>
  )
}

/** The connection that the reason names, else all providers of the graph. */
function connectionsOf(run: Run, all: readonly Connection[]): Connection[] {
  const named = run.reason?.fields['connectionId'] ?? run.reason?.fields['connection']
  const one = all.find(({ id, name }) => id === named || name === named)
  if (one !== undefined) return [one]
  const used = new Set(documentOf(run)?.nodes.map(({ config }) => config['connection']))
  return all.filter(({ id, role, builtIn }) => role === 'provider' && !builtIn && used.has(id))
}
