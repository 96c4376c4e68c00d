import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type DragEvent, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#editor/api/client.ts'
import type { ThreeStepFile } from '#editor/imports/three-step-file.ts'
import { dragsFile, pickFile, useFileImport } from '#editor/imports/use-file-import.tsx'
import { laterScreen } from '#editor/parts/later-screen.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import styles from './import-door.module.css'

const ThreeStepDialog = laterScreen(async () => (await import('#editor/imports/three-step-dialog.tsx')).ThreeStepDialog)

/** Makes a workflow of a file and opens it; one of the three-step form asks first, and says what became of it. */
function useImportedWorkflow() {
  const navigate = useNavigate()
  const client = useQueryClient()
  const { read, faults } = useFileImport()
  const [threeStep, setThreeStep] = useState<ThreeStepFile | null>(null)
  const takeFile = async (file: File) => {
    const { readThreeStep } = await import('#editor/imports/three-step-file.ts')
    const found = await readThreeStep(file)
    if (found) return setThreeStep(found)
    await read(file, async ({ document }) => {
      const { id } = await api.post<Workflow>('/api/workflows', document)
      await client.invalidateQueries({ queryKey: ['workflows'] })
      await navigate({ to: '/workflows/$id', params: { id } })
    })
  }
  const dialogs = (
    <>
      {faults}
      {threeStep && (
        <Suspense>
          <ThreeStepDialog file={threeStep} onClose={() => setThreeStep(null)} />
        </Suspense>
      )}
    </>
  )
  return { take: (file: File) => void takeFile(file), dialogs }
}

/** A workflow file, chosen. */
export function ImportButton() {
  const { t } = useTranslation()
  const { take, dialogs } = useImportedWorkflow()
  return (
    <>
      <Button variant="default" leftSection={<IconFileImport size={16} aria-hidden />} onClick={() => pickFile(take)}>
        {t('home.importFile')}
      </Button>
      {dialogs}
    </>
  )
}

/** A workflow file, dropped anywhere on the page. */
export function ImportDrop({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { take, dialogs } = useImportedWorkflow()
  const [over, setOver] = useState(false)
  const onDragOver = (event: DragEvent) => {
    if (!dragsFile(event)) return
    event.preventDefault()
    setOver(true)
  }
  const onDrop = (event: DragEvent) => {
    if (!dragsFile(event)) return
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file !== undefined) take(file)
  }
  return (
    <div className={styles.place} onDragOver={onDragOver} onDragLeave={() => setOver(false)} onDrop={onDrop}>
      {children}
      {over && <p className={styles.over}>{t('home.dropFile')}</p>}
      {dialogs}
    </div>
  )
}
