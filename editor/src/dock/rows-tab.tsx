import { Skeleton } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession, useView } from '#editor/canvas/session-context.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { typeOfNode } from '#editor/model/step-type.ts'
import { PinBar } from './pin-bar.tsx'
import { RowTable } from './row-table.tsx'
import { sideBySide } from './side-by-side.ts'
import { usePinChoice } from './use-pin-choice.ts'
import styles from './dock.module.css'

/** Rows that come into the selected step, and what goes out of it, the same person on the same line. */
export function RowsTab() {
  const { t } = useTranslation()
  const session = useSession()
  const language = useLanguage()
  const nodeId = useDocument((state) => state.selectedNodes[0])
  const type = useDocument((state) =>
    typeOfNode(
      session.types,
      state.document.nodes.find(({ id }) => id === nodeId),
    ),
  )
  const node = useChecks((state) => (nodeId === undefined ? undefined : state.preview?.nodes[nodeId]))
  const previewing = useChecks((state) => state.previewing)
  const failure = useChecks((state) => state.previewFailure)
  const config = useDocument((state) => state.document.nodes.find(({ id }) => id === nodeId)?.config)
  const [all, setAll] = useState(false)
  const person = useView((state) => state.person)
  const pins = usePinChoice(nodeId)
  const box = useRef<HTMLDivElement>(null)
  if (nodeId === undefined) return <p className={styles.quiet}>{t('editor.dock.chooseStep')}</p>
  if (failure !== null && node === undefined) {
    return (
      <p className={styles.failure}>
        <IconAlertCircle size={16} aria-hidden />
        <span>
          {failure.message} <code>{failure.code}</code>
        </span>
      </p>
    )
  }
  if (node === undefined || type === undefined) {
    return previewing ? <Skeleton height={120} m={12} /> : <p className={styles.quiet}>{t('editor.dock.noRows')}</p>
  }
  const view = sideBySide(node, { type, config: all ? null : (config ?? null), language })
  const notes = [...node.skipped, ...node.failed]
  return (
    <div ref={box} className={styles.rowsTab} tabIndex={-1}>
      {(node.sealed?.length ?? 0) > 0 && <PinBar {...pins} nodeId={nodeId} onDone={() => box.current?.focus()} />}
      <RowTable
        view={view}
        person={person}
        onPerson={(index) => session.view.getState().set({ person: index })}
        all={all}
        onAll={setAll}
        choice={pins.choice}
      />
      {notes.length > 0 && (
        <ul className={styles.left}>
          {notes.map((note) => (
            <li key={`${note.row}/${note.code}`}>
              {t('editor.dock.leftOut', { row: note.row + 1, message: note.message })} <code>{note.code}</code>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
