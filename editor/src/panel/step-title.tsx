import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing } from '#editor/parts/composition-guard.ts'
import styles from './panel.module.css'

interface StepTitleProps {
  /** The step's own name; null: it is called like its type. */
  readonly label: string | null
  readonly fallback: string
  readonly onChange: (label: string | null) => void
}

/** The name of a step, written in place: Enter or leaving takes it, Escape gives the old one back. */
export function StepTitle({ label, fallback, onChange }: StepTitleProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(label ?? '')
  const [known, setKnown] = useState(label)
  if (known !== label) {
    // Undo, or a new name from elsewhere.
    setKnown(label)
    setText(label ?? '')
  }
  const take = () => {
    const clean = text.trim()
    if (clean !== (label ?? '')) onChange(clean === '' ? null : clean)
  }
  return (
    <input
      className={styles.titleInput}
      data-step-name
      aria-label={t('editor.panel.stepName')}
      value={text}
      placeholder={fallback}
      maxLength={200}
      spellCheck={false}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') {
          setText(label ?? '')
          event.stopPropagation()
        }
      }}
    />
  )
}
