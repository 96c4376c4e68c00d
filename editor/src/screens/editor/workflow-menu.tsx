import { ActionIcon, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots, IconFileExport, IconFileImport, IconPlayerPlay, IconTestPipe, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#editor/api/client.ts'
import { useDocument, useSession } from '#editor/canvas/session-context.ts'
import { useStepsOfFile } from '#editor/canvas/use-steps-of-file.tsx'
import { pickFile } from '#editor/imports/use-file-import.tsx'
import { useFlowTests } from '#editor/imports/use-flow-tests.tsx'
import { currentDocument } from '#editor/model/session.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { saveFile } from '#editor/parts/save-file.ts'
import { workflowFileName, workflowFileText } from '#schemas/workflow-file.ts'
import type { WorkflowState } from './use-workflow-state.ts'

/** The published version once more while the draft goes on, files in and out, and away with the workflow. */
export function WorkflowMenu({ state }: { state: WorkflowState }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const name = useDocument((document) => document.document.name)
  const [asking, setAsking] = useState(false)
  const session = useSession()
  const { add, faults } = useStepsOfFile()
  const tests = useFlowTests()
  const exportFile = () => {
    const document = currentDocument(session)
    saveFile(new Blob([workflowFileText(document)], { type: 'application/json' }), `${workflowFileName(document.name)}.json`)
  }
  const { workflow } = state
  const { published } = workflow
  const path = `/api/workflows/${encodeURIComponent(workflow.id)}`
  const fail = (error: unknown) =>
    notifications.show({ color: 'red', message: error instanceof Error ? error.message : String(error) })
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
          {published !== null && state.differs && (
            <Menu.Item
              leftSection={<IconPlayerPlay size={16} />}
              onClick={() => session.view.getState().set({ launching: 'published' })}
            >
              {t('editor.menu.runPublished', { version: published.version })}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconFileImport size={16} />} onClick={() => pickFile((file) => add(file, null))}>
            {t('imports.addSteps')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileExport size={16} />} onClick={exportFile}>
            {t('imports.export')}
          </Menu.Item>
          <Menu.Item leftSection={<IconTestPipe size={16} />} onClick={() => pickFile((file) => void tests.run(file))}>
            {t('imports.tests.run')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setAsking(true)}>
            {t('editor.menu.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {faults}
      {tests.shown}
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
