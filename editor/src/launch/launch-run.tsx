import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApproveInput } from '#schemas/api/runs.ts'
import { approveRun } from '#editor/api/run-actions.ts'
import { launchQuery } from '#editor/api/runs.ts'
import { workflowQuery } from '#editor/api/workflows.ts'
import { useSession } from '#editor/canvas/session-context.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { useRunAction } from '#editor/screens/run/use-run-action.ts'
import { LaunchFrame } from './launch-frame.tsx'
import { Leaving } from './leaving.tsx'
import { phaseOfLaunch } from './phase.ts'
import { Preparing } from './preparing.tsx'
import { Ready } from './ready.tsx'
import { useLaunchRun } from './use-launch.ts'

const LOOK_MS = 10_000

interface LaunchRunProps {
  readonly runId: string
  readonly version: 'draft' | number
  readonly name: string
  /** The draft's revision when it was prepared; null: a published version. */
  readonly revision: number | null
  /** The question what becomes of it is shown. */
  readonly leaving: boolean
  /** Would closing need that question? */
  readonly onAsks: (asks: boolean) => void
  readonly onLeaving: (leaving: boolean) => void
  readonly onClose: () => void
}

/** The run that was made: while it prepares, what it found, and what somebody else did to it. */
export function LaunchRun(props: LaunchRunProps) {
  const { runId, version, name, revision, leaving, onAsks, onLeaving, onClose } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { run, error } = useLaunchRun(runId)
  const phase = run === undefined ? 'preparing' : phaseOfLaunch(run)
  const launch = useQuery({ ...launchQuery(runId), enabled: phase === 'ready' })
  const changed = useChangedElsewhere(revision)
  const asks = phase === 'preparing' || phase === 'ready'
  useEffect(() => onAsks(asks), [asks, onAsks])
  const leave = () => (asks ? onLeaving(true) : onClose())
  const toRun = () => void navigate({ to: '/runs/$id', params: { id: runId } })
  const send = useRunAction<ApproveInput>({
    run: { id: runId },
    // The run moves on before its answer is here: what was sent by this dialog is not told as somebody else's.
    act: async (id, word) => {
      const sent = await approveRun(id, word)
      toRun()
      return sent
    },
    done: t('launch.done'),
  })
  const framed = { name, onClose: leave }
  if (leaving && asks && run !== undefined)
    return <Leaving run={run} name={name} onBack={() => onLeaving(false)} onClose={onClose} />
  const sending = send.isPending || send.isSuccess
  if ((phase === 'ready' || sending) && run !== undefined && launch.data !== undefined)
    return (
      <Ready
        {...{ run, version, name, changed, sending }}
        launch={launch.data}
        onLeave={leave}
        onSend={(word) => send.mutate(word)}
      />
    )
  const failure = error ?? launch.error
  if (failure !== null || run === undefined || asks)
    return (
      <LaunchFrame title={t('launch.title.preparing')} {...framed}>
        {failure === null ? (
          <Preparing text={t('launch.reading')} {...(run && { since: run.startedAt })} />
        ) : (
          <ErrorNote error={failure} onRetry={() => void launch.refetch()} />
        )}
        <footer>
          <span />
          <Button variant="default" autoFocus onClick={leave}>
            {t('launch.cancel')}
          </Button>
        </footer>
      </LaunchFrame>
    )
  return (
    <LaunchFrame title={phase === 'nobody' ? t('launch.title.nobody') : t(`launch.elsewhere.${phase}`)} {...framed}>
      {run.reason !== null && <p>{run.reason.message}</p>}
      <footer>
        <Button variant="default" onClick={toRun}>
          {t('launch.elsewhere.open', { number: run.number })}
        </Button>
        <Button autoFocus onClick={onClose}>
          {t('launch.close')}
        </Button>
      </footer>
    </LaunchFrame>
  )
}

/** Did somebody save another draft since this one was frozen? */
function useChangedElsewhere(revision: number | null): boolean {
  const { workflowId } = useSession()
  const { data } = useQuery({ ...workflowQuery(workflowId), enabled: revision !== null, refetchInterval: LOOK_MS, staleTime: 0 })
  return revision !== null && data !== undefined && data.revision > revision
}
