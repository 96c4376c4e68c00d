import { Button, Group, Modal } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { currentDocument } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { takeTheirs } from './take-theirs.ts'
import type { OpenDraft } from './use-editor-session.ts'

// With the code of the versions page: nobody needs it to draw.
const ConflictChanges = lazy(async () => ({ default: (await import('./conflict-changes.tsx')).ConflictChanges }))

/** Two tabs, or two people: whose draft stays? Nothing is overwritten before somebody says so. */
export function ConflictDialog({ draft }: { draft: OpenDraft }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const zone = useWorkspaceZone()
  const { saveState, session, autosave } = draft
  if (saveState.kind !== 'conflict') return null
  const { current, revision } = saveState
  const at = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(
    new Date(current.updatedAt),
  )
  const mine = currentDocument(session)
  const reload = () => takeTheirs(draft, { document: current.document, revision })
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('editor.conflict.title')}
      size="lg"
    >
      <p style={{ wordBreak: 'keep-all' }}>{t('editor.conflict.text', { at, count: current.document.nodes.length })}</p>
      <Suspense>
        <ConflictChanges theirs={current.document} mine={mine} />
      </Suspense>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={reload}>
          {t('editor.conflict.reload')}
        </Button>
        <Button onClick={() => void autosave.keepMine(mine, revision)}>{t('editor.conflict.keep')}</Button>
      </Group>
    </Modal>
  )
}
