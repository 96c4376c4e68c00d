import { Button, Input, SegmentedControl, Textarea } from '@mantine/core'
import { IconNote, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDocument, useSession } from '#editor/canvas/session-context.ts'
import { useTextDraft } from '#editor/forms/use-text-draft.ts'
import { changingNotes, type NotePatch, NOTE_SIZES } from '#editor/model/marks.ts'
import { currentDocument, removeSelected } from '#editor/model/session.ts'
import type { WorkflowNote } from '#schemas/workflow.ts'
import { ColorChoice } from './color-choice.tsx'
import { PanelHead } from './panel-head.tsx'
import marks from './marks-panel.module.css'
import styles from './panel.module.css'

const SIZES = ['small', 'medium', 'large'] as const

/** The selected note: everything that can be done with it, by keyboard too. */
export function NotePanel({ noteId }: { noteId: string }) {
  const note = useDocument((state) => state.document.notes?.find(({ id }) => id === noteId))
  return note === undefined ? null : <OpenNote note={note} />
}

function OpenNote({ note }: { note: WorkflowNote }) {
  const { t } = useTranslation()
  const session = useSession()
  const change = (patch: NotePatch) =>
    session.document
      .getState()
      .change(changingNotes(currentDocument(session), { [note.id]: patch }), `note:${note.id}/${Object.keys(patch).join()}`)
  const text = useTextDraft(note.text, (next) => change({ text: next }))
  const { width, height } = note.size
  const size = SIZES.find((name) => NOTE_SIZES[name].width === width && NOTE_SIZES[name].height === height)
  return (
    <>
      <PanelHead
        tile={<IconNote size={22} aria-hidden className={marks.icon} />}
        title={<h2>{t('marks.note')}</h2>}
        line={t('marks.noteLine')}
        onClose={() => session.document.getState().select([])}
      />
      <div className={styles.body}>
        <div className={styles.section}>
          <Textarea label={t('marks.noteText')} autosize minRows={3} maxRows={14} maxLength={4000} {...text.props} />
          <ColorChoice color={note.color ?? 'yellow'} onChange={(color) => change({ color })} />
          <Input.Wrapper label={t('marks.size')} labelElement="div">
            <SegmentedControl
              fullWidth
              mt={4}
              aria-label={t('marks.size')}
              data={SIZES.map((value) => ({ value, label: t(`marks.sizes.${value}`) }))}
              // A size drawn by hand is none of these.
              value={size ?? ''}
              onChange={(value) => {
                const chosen = SIZES.find((one) => one === value)
                if (chosen !== undefined) change({ size: NOTE_SIZES[chosen] })
              }}
            />
          </Input.Wrapper>
          <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => removeSelected(session)}>
            {t('marks.removeNote')}
          </Button>
        </div>
      </div>
    </>
  )
}
