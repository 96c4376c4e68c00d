import { ActionIcon, Menu } from '@mantine/core'
import { IconCopy, IconDots, IconHistory, IconPencil, IconTrash, IconVersions } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkflowItem } from '#schemas/api/workflows.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { toastDone, toastError } from '#editor/parts/toasts.ts'
import { deleteWorkflow, duplicateWorkflow } from './workflow-calls.ts'
import styles from './workflow-table.module.css'

/** Open, runs, versions, duplicate, delete. */
export function RowMenu({ item }: { item: WorkflowItem }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const { id, name } = item
  /** Does it, says so, and shows the list anew. */
  const act = async (work: () => Promise<string>) => {
    setBusy(true)
    try {
      toastDone(await work())
      await client.invalidateQueries({ queryKey: ['workflows'] })
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
      setAsking(false)
    }
  }
  const duplicate = async () => {
    const made = await duplicateWorkflow(id, (old) => t('home.menu.copyName', { name: old }))
    return t('home.menu.duplicated', { name: made.document.name })
  }
  const remove = async () => {
    await deleteWorkflow(id)
    return t('home.menu.deleted', { name })
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            className={styles.above}
            variant="subtle"
            color="gray"
            size={32}
            aria-label={t('home.menu.label', { name })}
          >
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Places id={id} />
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} disabled={busy} onClick={() => void act(duplicate)}>
            {t('home.menu.duplicate')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsking(true)}>
            {t('home.menu.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asking}
        title={t('home.menu.deleteTitle', { name })}
        text={t('home.menu.deleteText')}
        action={t('home.menu.deleteAction')}
        danger
        busy={busy}
        onConfirm={() => void act(remove)}
        onCancel={() => setAsking(false)}
      />
    </>
  )
}

/** Where a workflow can be looked at. */
function Places({ id }: { id: string }) {
  const { t } = useTranslation()
  return (
    <>
      <Menu.Item
        leftSection={<IconPencil size={16} aria-hidden />}
        renderRoot={(props) => <Link to="/workflows/$id" params={{ id }} {...props} />}
      >
        {t('home.menu.open')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconHistory size={16} aria-hidden />}
        renderRoot={(props) => <Link to="/workflows/$id/runs" params={{ id }} {...props} />}
      >
        {t('home.menu.runs')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconVersions size={16} aria-hidden />}
        renderRoot={(props) => <Link to="/workflows/$id/versions" params={{ id }} {...props} />}
      >
        {t('home.menu.versions')}
      </Menu.Item>
    </>
  )
}
