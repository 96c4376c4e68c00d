import { Button, Popover, SegmentedControl } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#editor/api/client.ts'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
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
  const errors = useChecks((checks) => checks.problems.filter(({ severity }) => severity === 'error').length)
  const published = state.workflow.published
  const [which, setWhich] = useState<'draft' | 'published'>(
    published !== null && (!state.differs || errors > 0) ? 'published' : 'draft',
  )
  const blocked = which === 'draft' && errors > 0
  const run = async () => {
    setBusy(true)
    try {
      if (which === 'draft' && !(await draft.autosave.flush())) throw new Error(t('editor.publish.notSaved'))
      const version = which === 'published' && published !== null ? published.version : 'draft'
      const path = `/api/workflows/${encodeURIComponent(session.workflowId)}/execute`
      // A repeated click or a lost answer must not send everything twice.
      const { runId } = await api.post<{ runId: string }>(path, { version }, { idempotencyKey: crypto.randomUUID() })
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
