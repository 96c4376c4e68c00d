import { Button, Group, Modal, Select } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#editor/api/client.ts'
import { connectionsQuery } from '#editor/api/connections.ts'
import { toastError } from '#editor/parts/toasts.ts'
import type { ImportedWorkflow } from '#schemas/api/imports.ts'
import type { ThreeStepFile } from './three-step-file.ts'
import { ThreeStepReport } from './three-step-report.tsx'
import styles from './faults-dialog.module.css'

interface ThreeStepDialogProps {
  readonly file: ThreeStepFile
  readonly onClose: () => void
}

/** A workflow of three steps: which database its queries are asked of, and then what became of each part. */
export function ThreeStepDialog({ file, onClose }: ThreeStepDialogProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [made, setMade] = useState<ImportedWorkflow | null>(null)
  const open = async ({ workflow }: ImportedWorkflow) => {
    await navigate({ to: '/workflows/$id', params: { id: workflow.id } })
  }
  const take = (found: ImportedWorkflow) => {
    setMade(found)
    void client.invalidateQueries({ queryKey: ['workflows'] })
  }
  return (
    <Modal opened onClose={onClose} title={<b>{made ? t('imports.three.done') : t('imports.three.title')}</b>} size="lg">
      {made ? (
        <ThreeStepReport made={made} onOpen={() => void open(made)} />
      ) : (
        <Question file={file} onTake={take} onClose={onClose} />
      )}
    </Modal>
  )
}

function Question({ file, onTake, onClose }: ThreeStepDialogProps & { onTake: (made: ImportedWorkflow) => void }) {
  const { t } = useTranslation()
  const { data } = useQuery(connectionsQuery)
  const [chosen, setChosen] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const databases = (data?.items ?? []).filter(({ role }) => role === 'database')
  const connection = chosen ?? databases.find(({ builtIn }) => !builtIn)?.id ?? databases[0]?.id ?? null
  const send = async () => {
    setBusy(true)
    try {
      const query = connection === null ? '' : `?connection=${encodeURIComponent(connection)}`
      onTake(await api.post<ImportedWorkflow>(`/api/workflows/import${query}`, file.content))
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <p className={styles.text}>{t('imports.three.text', { file: file.name })}</p>
      <Select
        label={t('imports.three.database')}
        data={databases.map(({ id, name }) => ({ value: id, label: name }))}
        value={connection}
        onChange={setChosen}
        allowDeselect={false}
        placeholder={t('imports.three.noDatabase')}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('parts.confirm.cancel')}
        </Button>
        <Button onClick={() => void send()} loading={busy} disabled={data === undefined}>
          {t('imports.three.take')}
        </Button>
      </Group>
    </>
  )
}
