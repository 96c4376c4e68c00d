import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconEraser, IconRefresh, IconRepeat, IconSitemap } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { CancelRun } from './cancel-run.tsx'
import { canErase, EraseRun } from './erase-run.tsx'
import { PauseRun } from './pause-run.tsx'
import { RepeatRun } from './repeat-run.tsx'
import { resendable } from './resend-choice.ts'
import { ResendDialog } from './resend-dialog.tsx'
import { can } from './run-facts.ts'

/** What a person may do with the run now; what is rarely needed stands in the menu. */
export function RunActions({ run }: { run: Run }) {
  return (
    <>
      {can(run, 'cancel') && <CancelRun run={run} />}
      {can(run, 'resend') && resendable(run).length > 0 && <ResendRun run={run} />}
      {can(run, 'pause') && <PauseRun run={run} />}
      <MoreMenu run={run} />
    </>
  )
}

function ResendRun({ run }: { run: Run }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const failed = run.outcomes['failed'] ?? 0
  return (
    <>
      <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {failed > 0 ? t('control.resend.actionFailed', { count: failed }) : t('control.resend.action')}
      </Button>
      {open && <ResendDialog run={run} onClose={() => setOpen(false)} />}
    </>
  )
}

function MoreMenu({ run }: { run: Run }) {
  const { t } = useTranslation()
  const [repeating, setRepeating] = useState(false)
  const [erasing, setErasing] = useState(false)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('control.more')}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconSitemap size={16} aria-hidden />}
            renderRoot={(props) => <Link to="/workflows/$id" params={{ id: run.workflowId }} {...props} />}
          >
            {t('run.openWorkflow')}
          </Menu.Item>
          {can(run, 'repeat') && (
            <Menu.Item leftSection={<IconRepeat size={16} aria-hidden />} onClick={() => setRepeating(true)}>
              {t('control.repeat.action')}
            </Menu.Item>
          )}
          {canErase(run) && (
            <Menu.Item color="red" leftSection={<IconEraser size={16} aria-hidden />} onClick={() => setErasing(true)}>
              {t('control.erase.action')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <RepeatRun run={run} opened={repeating} onClose={() => setRepeating(false)} />
      <EraseRun run={run} opened={erasing} onClose={() => setErasing(false)} />
    </>
  )
}
