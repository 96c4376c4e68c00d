import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument, useSession } from '#editor/canvas/session-context.ts'
import { isComposing } from '#editor/parts/composition-guard.ts'
import styles from './editor-screen.module.css'

/** The workflow's name, changed in place. An empty name gives the old one back. */
export function WorkflowName() {
  const { t } = useTranslation()
  const session = useSession()
  const name = useDocument((state) => state.document.name)
  const [text, setText] = useState(name)
  const [known, setKnown] = useState(name)
  if (known !== name) {
    // Undo, or a new name from elsewhere.
    setKnown(name)
    setText(name)
  }
  const take = () => {
    const clean = text.trim()
    if (clean === '') setText(name)
    else if (clean !== name) session.document.getState().change({ kind: 'about', patch: { name: clean } })
  }
  return (
    <>
      <h1 className={styles.hiddenTitle}>{name}</h1>
      <input
        className={styles.name}
        aria-label={t('editor.bar.name')}
        value={text}
        maxLength={200}
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') setText(name)
        }}
      />
    </>
  )
}
