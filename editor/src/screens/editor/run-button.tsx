import { Button, Checkbox, NumberInput, Popover, SegmentedControl } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { executeWorkflow } from '#editor/api/workflows.ts'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
import { isEventTrigger } from '#editor/panel/event/event-trigger.ts'
import { labelOf } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import type { OpenDraft } from './use-editor-session.ts'
import type { WorkflowState } from './use-workflow-state.ts'
import styles from './editor-screen.module.css'

interface RunButtonProps {
  readonly state: WorkflowState
  readonly draft: OpenDraft
}

/** Runs it now, after one look at what will run and through whom it goes out. */
export function RunButton({ state, draft }: RunButtonProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const empty = useDocument((document) => document.document.nodes.length === 0)
  return (
    <Popover opened={open} onChange={setOpen} width={340} position="bottom-end" withArrow trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} />}
          disabled={empty}
          aria-expanded={open}
          onClick={() => setOpen((old) => !old)}
        >
          {t('editor.run.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>{open && <RunConfirm state={state} draft={draft} onClose={() => setOpen(false)} />}</Popover.Dropdown>
    </Popover>
  )
}

function RunConfirm({ state, draft, onClose }: RunButtonProps & { onClose: () => void }) {
  const { t } = useTranslation()
  const session = useSession()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [first, setFirst] = useState<number | null>(null)
  const errors = useChecks((checks) => checks.problems.filter(({ severity }) => severity === 'error').length)
  const published = state.workflow.published
  const [which, setWhich] = useState<'draft' | 'published'>(
    published !== null && (!state.differs || errors > 0) ? 'published' : 'draft',
  )
  const eventDriven = useDocument((state) => state.document.nodes.some(({ type }) => isEventTrigger(type)))
  const blocked = which === 'draft' && errors > 0
  const run = async () => {
    setBusy(true)
    try {
      if (which === 'draft' && !(await draft.autosave.flush())) throw new Error(t('editor.publish.notSaved'))
      const version = which === 'published' && published !== null ? published.version : 'draft'
      const input = { version, ...(first === null ? {} : { first }) } as const
      // A repeated click or a lost answer must not send everything twice.
      const { runId } = await executeWorkflow(session.workflowId, input, crypto.randomUUID())
      await navigate({ to: '/runs/$id', params: { id: runId } })
    } catch (error) {
      notifications.show({ color: 'red', message: error instanceof Error ? error.message : String(error) })
      setBusy(false)
    }
  }
  return (
    <div className={styles.confirm}>
      <h3>{t('editor.run.title')}</h3>
      {published !== null && state.differs && (
        <SegmentedControl
          fullWidth
          mb={10}
          value={which}
          onChange={setWhich}
          data={[
            { value: 'draft', label: t('editor.run.draft') },
            { value: 'published', label: t('editor.run.published', { version: published.version }) },
          ]}
        />
      )}
      {(published === null || !state.differs) && (
        <p>{published === null ? t('editor.run.draftOnly') : t('editor.run.same', { version: published.version })}</p>
      )}
      <Through />
      {!eventDriven && <FirstPart first={first} onChange={setFirst} />}
      {blocked && <p className={styles.real}>{t('editor.run.blocked', { count: errors })}</p>}
      <Button fullWidth loading={busy} disabled={blocked} leftSection={<IconPlayerPlay size={16} />} onClick={() => void run()}>
        {t('editor.run.start')}
      </Button>
      <Button fullWidth variant="subtle" color="gray" mt={6} onClick={onClose}>
        {t('editor.run.cancel')}
      </Button>
    </div>
  )
}

/** How many get it before a person says yes to the rest. */
const FEW_FIRST = 50

/** A look at the first ones before everybody gets it: the run waits for an approval after them. */
function FirstPart({ first, onChange }: { first: number | null; onChange: (first: number | null) => void }) {
  const { t } = useTranslation()
  return (
    <div className={styles.first}>
      <Checkbox
        label={t('editor.run.first')}
        checked={first !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? FEW_FIRST : null)}
      />
      {first !== null && (
        <NumberInput
          mt={8}
          aria-label={t('editor.run.firstCount')}
          value={first}
          min={1}
          max={1_000_000}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=","
          suffix={t('editor.run.firstUnit')}
          onChange={(value) => typeof value === 'number' && value >= 1 && onChange(value)}
        />
      )}
    </div>
  )
}

/** Through whom it goes out: the sandbox, or somebody real. */
function Through() {
  const { t } = useTranslation()
  const session = useSession()
  const language = useLanguage()
  const nodes = useDocument((state) => state.document.nodes)
  const channels = nodes.filter(({ type }) => session.types.get(type)?.role === 'channel')
  if (channels.length === 0) return <p>{t('editor.run.noChannel')}</p>
  return (
    <ul>
      {channels.map((node) => {
        const connection = session.connections.find(({ id }) => id === node.config.connection)
        const real = connection !== undefined && connection.kind !== 'sandbox'
        const words =
          connection === undefined
            ? t('editor.run.noProvider')
            : real
              ? t('editor.run.real', { name: connection.name })
              : t('editor.run.sandbox')
        return (
          <li key={node.id} className={real ? styles.real : undefined}>
            <b>{labelOf(node, session.types, language)}</b> · {words}
          </li>
        )
      })}
    </ul>
  )
}
