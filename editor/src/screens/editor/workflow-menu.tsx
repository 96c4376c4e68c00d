import { ActionIcon, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots, IconPower, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#editor/api/client.ts'
import { useDocument } from '#editor/canvas/session-context.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { WorkflowState } from './use-workflow-state.ts'

/** On or off, and away with it. */
export function WorkflowMenu({ state }: { state: WorkflowState }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const name = useDocument((document) => document.document.name)
  const [asking, setAsking] = useState(false)
  const { workflow } = state
  const path = `/api/workflows/${encodeURIComponent(workflow.id)}`
  const fail = (error: unknown) =>
    notifications.show({ color: 'red', message: error instanceof Error ? error.message : String(error) })
  const toggle = async () => {
    try {
      const next = await api.post<Workflow>(`${path}/${workflow.enabled ? 'disable' : 'enable'}`, {})
      state.take(next)
      notifications.show({ color: 'green', message: next.enabled ? t('editor.menu.nowOn') : t('editor.menu.nowOff') })
    } catch (error) {
      fail(error)
    }
  }
  const remove = async () => {
    try {
      await api.delete(path)
      await client.invalidateQueries({ queryKey: ['workflows'] })
      await navigate({ to: '/' })
    } catch (error) {
      fail(error)
    }
    setAsking(false)
  }
  return (
    <>
      <Menu position="bottom-end" withArrow>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('editor.menu.name')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPower size={16} />} disabled={workflow.published === null} onClick={() => void toggle()}>
            {workflow.published === null
              ? t('editor.menu.publishFirst')
              : workflow.enabled
                ? t('editor.menu.turnOff')
                : t('editor.menu.turnOn')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setAsking(true)}>
            {t('editor.menu.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asking}
        title={t('editor.menu.deleteTitle', { name })}
        text={t('editor.menu.deleteText')}
        action={t('editor.menu.deleteAction')}
        danger
        onConfirm={() => void remove()}
        onCancel={() => setAsking(false)}
      />
    </>
  )
}
