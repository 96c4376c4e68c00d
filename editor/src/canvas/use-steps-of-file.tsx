import { type ReactNode, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useFileImport } from '#editor/imports/use-file-import.tsx'
import type { Position } from '#editor/model/change.ts'
import { pasteText } from '#editor/model/session.ts'
import { toastDone } from '#editor/parts/toasts.ts'
import { useSession } from './session-context.ts'

/** Puts the steps of a workflow file on the canvas, as pasting its text does: one step back takes them away. */
export function useStepsOfFile(): { readonly add: (file: File, at: Position | null) => void; readonly faults: ReactNode } {
  const { t } = useTranslation()
  const session = useSession()
  const { read, faults } = useFileImport()
  const add = useCallback(
    (file: File, at: Position | null) =>
      void read(file, ({ text, document }) => {
        if (pasteText(session, text, at) === 'pasted') toastDone(t('imports.added', { count: document.nodes.length }))
        else toastDone(t('imports.nothing'))
      }),
    [session, read, t],
  )
  return { add, faults }
}
