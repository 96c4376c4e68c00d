import { Button, Group } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#editor/api/client.ts'
import { saveFile } from '#editor/parts/save-file.ts'
import { toastError } from '#editor/parts/toasts.ts'
import { currentLanguage } from '#editor/words/start-words.ts'
import type { ImportedWorkflow, WorkflowOriginal } from '#schemas/api/imports.ts'
import { workflowFileName } from '#schemas/workflow-file.ts'
import shared from './faults-dialog.module.css'
import styles from './three-step-report.module.css'

const ICONS = { made: IconCircleCheck, warning: IconAlertTriangle, lost: IconCircleX } as const
/** What needs a person comes first. */
const KINDS = ['warning', 'lost', 'made'] as const

/** What became of each part of a three-step workflow. */
export function ThreeStepReport({ made, onOpen }: { made: ImportedWorkflow; onOpen: () => void }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const { workflow, notes } = made
  const download = async () => {
    setBusy(true)
    try {
      const { content } = await api.get<WorkflowOriginal>(`/api/workflows/${encodeURIComponent(workflow.id)}/original`)
      const name = `${workflowFileName(workflow.document.name)}.original.json`
      saveFile(new Blob([`${JSON.stringify(content, null, 2)}\n`], { type: 'application/json' }), name)
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <p className={shared.text}>{t('imports.three.result', { name: workflow.document.name })}</p>
      {KINDS.map((kind) => {
        const own = notes.filter((note) => note.kind === kind)
        const Icon = ICONS[kind]
        if (own.length === 0) return null
        return (
          <section key={kind} className={styles.part} data-kind={kind}>
            <h3>
              <Icon size={16} aria-hidden />
              {t(`imports.three.${kind}`)}
            </h3>
            <ul>
              {own.map(({ message, nodeId }) => (
                <li key={`${nodeId} ${message.en}`}>{message[currentLanguage()]}</li>
              ))}
            </ul>
          </section>
        )
      })}
      <Group justify="flex-end" mt="md">
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={busy}
          onClick={() => void download()}
        >
          {t('imports.three.original')}
        </Button>
        <Button onClick={onOpen}>{t('imports.three.open')}</Button>
      </Group>
    </>
  )
}
