import { Button, SegmentedControl } from '@mantine/core'
import { IconPlayerPlay, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
import { isEventTrigger } from '#editor/panel/event/event-trigger.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { FirstPart, type RunTo, TestSend, ToWhom } from './run-audience.tsx'
import { RunThrough } from './run-through.tsx'
import { addressesIn, MOST_ADDRESSES, rememberAddresses, rememberedAddresses } from './test-addresses.ts'
import type { OpenDraft } from './use-editor-session.ts'
import { useStartRun } from './use-start-run.ts'
import type { WorkflowState } from './use-workflow-state.ts'
import styles from './editor-screen.module.css'

interface RunConfirmProps {
  readonly state: WorkflowState
  readonly draft: OpenDraft
  readonly onClose: () => void
}

type Which = 'draft' | 'published'

/** The one look before a run: which version, to whom, through whom. */
export function RunConfirm({ state, draft, onClose }: RunConfirmProps) {
  const { t } = useTranslation()
  const session = useSession()
  const [first, setFirst] = useState<number | null>(null)
  const [to, setTo] = useState<RunTo>('all')
  const [saved] = useState(() => rememberedAddresses(localStorage))
  const [testers, setTesters] = useState(saved)
  const [remember, setRemember] = useState(saved !== '')
  const errors = useChecks((checks) => checks.problems.filter(({ severity }) => severity === 'error').length)
  const { published } = state.workflow
  const [which, setWhich] = useState<Which>(published !== null && (!state.differs || errors > 0) ? 'published' : 'draft')
  const eventDriven = useDocument((open) => open.document.nodes.some(({ type }) => isEventTrigger(type)))
  const start = useStartRun({
    workflowId: session.workflowId,
    before: async () => {
      if (which === 'draft' && !(await draft.autosave.flush())) throw new Error(t('editor.publish.notSaved'))
    },
  })
  const blocked = which === 'draft' && errors > 0
  const testing = to === 'me' && !eventDriven
  const addresses = addressesIn(testers)
  const nobody = testing && (addresses.length === 0 || addresses.length > MOST_ADDRESSES)
  const testName = addresses.length === 0 ? t('editor.run.testNone') : t('editor.run.testStart', { count: addresses.length })
  const goName = testing ? testName : t('editor.run.start')
  const go = () => {
    const version = which === 'published' && published !== null ? published.version : 'draft'
    if (testing) {
      rememberAddresses(localStorage, remember ? testers : null)
      start.mutate({ version, test: { addresses } })
    } else start.mutate({ version, ...(first === null ? {} : { first }) })
  }
  return (
    <div className={styles.confirm}>
      <h3>{t('editor.run.title')}</h3>
      <Version state={state} which={which} onChange={setWhich} />
      {!eventDriven && <ToWhom to={to} onChange={setTo} />}
      <RunThrough />
      {!eventDriven && !testing && <FirstPart first={first} onChange={setFirst} />}
      {testing && <TestSend text={testers} remember={remember} onText={setTesters} onRemember={setRemember} />}
      {blocked && <p className={styles.real}>{t('editor.run.blocked', { count: errors })}</p>}
      {start.isError && <ErrorNote error={start.error} />}
      <Button
        fullWidth
        loading={start.isPending}
        disabled={blocked || nobody}
        leftSection={testing ? <IconSend size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />}
        onClick={go}
      >
        {goName}
      </Button>
      <Button fullWidth variant="subtle" color="gray" mt={6} onClick={onClose}>
        {t('editor.run.cancel')}
      </Button>
    </div>
  )
}

interface VersionProps {
  readonly state: WorkflowState
  readonly which: Which
  readonly onChange: (which: Which) => void
}

/** A choice where draft and published version differ; else one line that says what runs. */
function Version({ state, which, onChange }: VersionProps) {
  const { t } = useTranslation()
  const { published } = state.workflow
  if (published === null) return <p>{t('editor.run.draftOnly')}</p>
  if (!state.differs) return <p>{t('editor.run.same', { version: published.version })}</p>
  return (
    <SegmentedControl
      fullWidth
      mb={10}
      value={which}
      onChange={onChange}
      data={[
        { value: 'draft', label: t('editor.run.draft') },
        { value: 'published', label: t('editor.run.published', { version: published.version }) },
      ]}
    />
  )
}
