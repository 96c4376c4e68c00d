import { type Node, type NodeProps, NodeResizeControl } from '@xyflow/react'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useTextDraft } from '#editor/forms/use-text-draft.ts'
import { changingNotes, readMark } from '#editor/model/marks.ts'
import { currentDocument } from '#editor/model/session.ts'
import { isComposing } from '#editor/parts/composition-guard.ts'
import { useReveal } from './use-reveal.ts'
import { useDocument, useSession, useView } from './session-context.ts'
import styles from './marks.module.css'

/** A note: read on the canvas, written in place by a double click or Enter, sized at its corner. */
export const NoteCard = memo(function NoteCard({ id, selected }: NodeProps<Node>) {
  const { t } = useTranslation()
  const session = useSession()
  const noteId = readMark(id)?.id ?? ''
  const note = useDocument((state) => state.document.notes?.find((one) => one.id === noteId))
  const writing = useView((state) => state.writing === id)
  if (note === undefined) return null
  return (
    <div
      className={styles.note}
      data-color={note.color ?? 'yellow'}
      data-selected={selected}
      onDoubleClick={() => session.view.getState().set({ writing: id })}
    >
      {writing ? (
        <NoteText id={id} noteId={noteId} text={note.text} />
      ) : (
        <p className={styles.noteText}>{note.text === '' ? <span>{t('marks.emptyNote')}</span> : note.text}</p>
      )}
      {selected && <NodeResizeControl position="bottom-right" minWidth={80} minHeight={40} maxWidth={2000} maxHeight={2000} />}
    </div>
  )
})

/** Writing goes into the draft as it is typed; Escape or a click elsewhere ends it. */
function NoteText({ id, noteId, text }: { id: string; noteId: string; text: string }) {
  const { t } = useTranslation()
  const session = useSession()
  const field = useRef<HTMLTextAreaElement>(null)
  const reveal = useReveal()
  useEffect(() => {
    reveal(id)
    field.current?.focus({ preventScroll: true })
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length)
  }, [id, reveal])
  const write = (next: string) =>
    session.document.getState().change(changingNotes(currentDocument(session), { [noteId]: { text: next } }), `${id}/text`)
  const draft = useTextDraft(text, write)
  const end = () => session.view.getState().set({ writing: null })
  return (
    <textarea
      ref={field}
      // React Flow leaves these alone: dragging in the text marks it, scrolling scrolls it.
      className={`nodrag nopan nowheel ${styles.noteField}`}
      aria-label={t('marks.noteText')}
      maxLength={4000}
      {...draft.props}
      onBlur={end}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event.nativeEvent)) return
        event.stopPropagation()
        const card = event.currentTarget.closest<HTMLElement>('.react-flow__node')
        end()
        card?.focus()
      }}
    />
  )
}
