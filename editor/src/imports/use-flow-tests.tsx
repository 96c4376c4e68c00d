import { type ReactNode, Suspense, useCallback, useState } from 'react'
import { api } from '#editor/api/client.ts'
import { workflowPath } from '#editor/api/workflows.ts'
import { useSession } from '#editor/canvas/session-context.ts'
import { currentDocument } from '#editor/model/session.ts'
import { laterScreen } from '#editor/parts/later-screen.ts'
import { toastError } from '#editor/parts/toasts.ts'
import type { FlowTestResult } from '#schemas/api/flow-tests.ts'
import type { Fault } from './check-file.ts'

const FaultsDialog = laterScreen(async () => (await import('./faults-dialog.tsx')).FaultsDialog)
const FlowTestDialog = laterScreen(async () => (await import('./flow-test-dialog.tsx')).FlowTestDialog)

type Shown = { readonly file: string } & ({ readonly result: FlowTestResult } | { readonly faults: readonly Fault[] })

/** Running a file of flow tests with the open draft; `shown`: what came of it, to be drawn somewhere. */
export function useFlowTests(): { readonly run: (file: File) => Promise<void>; readonly shown: ReactNode } {
  const session = useSession()
  const [last, setLast] = useState<Shown | null>(null)
  const run = useCallback(
    async (file: File) => {
      const path = workflowPath(session.workflowId, '/flow-tests')
      const ask = (content: unknown) => api.post<FlowTestResult>(path, { document: currentDocument(session), file: content })
      try {
        const { askWithFile } = await import('./check-file.ts')
        const found = await askWithFile(file, { name: 'file', ask })
        setLast({ file: file.name, ...(found.ok ? { result: found.answer } : { faults: found.faults }) })
      } catch (error) {
        toastError(error)
      }
    },
    [session],
  )
  const close = () => setLast(null)
  const shown = last !== null && (
    <Suspense>
      {'result' in last ? <FlowTestDialog {...last} onClose={close} /> : <FaultsDialog {...last} onClose={close} />}
    </Suspense>
  )
  return { run, shown }
}
