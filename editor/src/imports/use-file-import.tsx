import { type ReactNode, Suspense, useCallback, useState } from 'react'
import { laterScreen } from '#editor/parts/later-screen.ts'
import { toastError } from '#editor/parts/toasts.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Fault } from './check-file.ts'

const FaultsDialog = laterScreen(async () => (await import('./faults-dialog.tsx')).FaultsDialog)

/** A file that is a workflow. */
export interface ReadFile {
  readonly document: WorkflowDocument
  readonly text: string
}

export interface FileImport {
  /** Reads a file; what is a workflow is taken, of anything else the faults are shown. */
  readonly read: (file: File, take: (found: ReadFile) => void | Promise<void>) => Promise<void>
  /** The faults of the last file, if it had some: to be drawn somewhere. */
  readonly faults: ReactNode
}

/** Reading workflow files. The checking is loaded when there is something to check. */
export function useFileImport(): FileImport {
  const [refused, setRefused] = useState<{ file: string; faults: readonly Fault[] } | null>(null)
  const read = useCallback<FileImport['read']>(async (file, take) => {
    try {
      const { checkFile } = await import('./check-file.ts')
      const found = await checkFile(file)
      if (found.ok) await take(found)
      else setRefused({ file: file.name, faults: found.faults })
    } catch (error) {
      toastError(error)
    }
  }, [])
  const faults = refused !== null && (
    <Suspense>
      <FaultsDialog {...refused} onClose={() => setRefused(null)} />
    </Suspense>
  )
  return { read, faults }
}

/** Lets a person choose a workflow file. */
export function pickFile(take: (file: File) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.json,application/json'
  input.onchange = () => {
    const file = input.files?.[0]
    if (file !== undefined) take(file)
  }
  input.click()
}

/** The file that is dragged; null: something else is. Its name is known only once it is dropped. */
export const dragsFile = ({ dataTransfer }: { dataTransfer: DataTransfer }): boolean => dataTransfer.types.includes('Files')
