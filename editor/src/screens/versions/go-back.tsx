import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { versionQuery } from '#editor/api/versions.ts'
import { replaceDraft } from '#editor/api/workflows.ts'
import { changesIn, compareDocuments } from '#editor/model/compare.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { toastDone, toastError } from '#editor/parts/toasts.ts'

interface GoBackProps {
  readonly head: Workflow
  readonly version: number
  readonly document: WorkflowDocument
}

/** Takes a version as the draft again. What only the draft has is lost by it, so it is counted and asked first. */
export function GoBack({ head, version, document }: GoBackProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const published = useQuery({
    ...versionQuery(head.id, head.published?.version ?? 0),
    enabled: asking && head.published !== null,
  })
  const same = changesIn(compareDocuments(head.document, document)) === 0
  const lost = published.data ? changesIn(compareDocuments(published.data.document, head.document)) : 0
  const take = async () => {
    setBusy(true)
    try {
      await replaceDraft(head.id, head.revision, document)
      await client.invalidateQueries({ queryKey: ['workflow', head.id] })
      toastDone(t('versions.backDone', { version }))
      await navigate({ to: '/workflows/$id', params: { id: head.id } })
    } catch (error) {
      toastError(error)
      // Somebody saved meanwhile: the next question counts what is there now.
      await client.invalidateQueries({ queryKey: ['workflow', head.id, 'head'] })
    } finally {
      setBusy(false)
      setAsking(false)
    }
  }
  if (same) return null
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {t('versions.back')}
      </Button>
      <Confirm
        opened={asking && (published.data !== undefined || published.isError)}
        title={t('versions.backTitle', { version })}
        text={lost > 0 ? t('versions.backText', { count: lost }) : t('versions.backClean')}
        action={t('versions.backAction')}
        danger={lost > 0}
        busy={busy}
        onConfirm={() => void take()}
        onCancel={() => setAsking(false)}
      />
    </>
  )
}
