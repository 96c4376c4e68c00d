import { Button, Popover } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument } from '#editor/canvas/session-context.ts'
import { RunConfirm } from './run-confirm.tsx'
import type { OpenDraft } from './use-editor-session.ts'
import type { WorkflowState } from './use-workflow-state.ts'

interface RunButtonProps {
  readonly state: WorkflowState
  readonly draft: OpenDraft
}

/** Runs it now, after one look at what will run, to whom and through whom it goes out. */
export function RunButton({ state, draft }: RunButtonProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const empty = useDocument((document) => document.document.nodes.length === 0)
  return (
    <Popover opened={open} onChange={setOpen} width={360} position="bottom-end" withArrow trapFocus returnFocus>
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
