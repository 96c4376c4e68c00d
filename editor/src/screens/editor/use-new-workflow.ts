import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#editor/api/client.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'

/** Makes an empty workflow and opens it; for the home screen's button and doors. */
export function useNewWorkflow(): { readonly create: () => Promise<void>; readonly creating: boolean } {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [creating, setCreating] = useState(false)
  const create = async () => {
    setCreating(true)
    try {
      const document: WorkflowDocument = { schemaVersion: 1, name: t('editor.newName'), nodes: [], edges: [] }
      const workflow = await api.post<Workflow>('/api/workflows', document)
      await client.invalidateQueries({ queryKey: ['workflows'] })
      await navigate({ to: '/workflows/$id', params: { id: workflow.id } })
    } catch (error) {
      notifications.show({ color: 'red', message: error instanceof Error ? error.message : String(error) })
    } finally {
      setCreating(false)
    }
  }
  return { create, creating }
}
