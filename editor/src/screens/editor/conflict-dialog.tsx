import { Button, Group, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { currentDocument } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import type { OpenDraft } from './use-editor-session.ts'

/** Two tabs, or two people: whose draft stays? Nothing is overwritten before somebody says so. */
export function ConflictDialog({ draft }: { draft: OpenDraft }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { saveState, session, autosave } = draft
  if (saveState.kind !== 'conflict') return null
  const { current, revision } = saveState
  const at = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(current.updatedAt))
  const reload = () => {
    autosave.takeTheirs(revision)
    session.document.getState().replace(current.document)
    // The replaced draft is the server's own: it is not to be saved again.
    autosave.takeTheirs(revision)
  }
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('editor.conflict.title')}
    >
      <p style={{ wordBreak: 'keep-all' }}>{t('editor.conflict.text', { at, count: current.document.nodes.length })}</p>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={reload}>
          {t('editor.conflict.reload')}
        </Button>
        <Button onClick={() => void autosave.keepMine(currentDocument(session), revision)}>{t('editor.conflict.keep')}</Button>
      </Group>
    </Modal>
  )
}
