import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { VariableChoice } from './variable-choices.ts'
import styles from '../forms.module.css'

interface VariableMenuProps {
  /** Of the list; the text names it as what it controls. */
  readonly id: string
  readonly choices: readonly VariableChoice[]
  readonly marked: number
  readonly onMark: (index: number) => void
  readonly onChoose: (choice: VariableChoice) => void
}

/** The name by which the text tells a screen reader which choice is marked. */
export const choiceId = (menu: string, index: number): string => `${menu}-${index}`

/** Columns and variables under the text, each with its value for the person that is shown. The focus stays in the text. */
export function VariableMenu({ id, choices, marked, onMark, onChoose }: VariableMenuProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // In some browsers it gives a promise, which is no way to end an effect.
    list.current?.querySelector('[data-marked="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  if (choices.length === 0)
    return (
      <div className={styles.menu} role="status">
        {t('forms.template.nothing')}
      </div>
    )
  return (
    <div ref={list} id={id} className={styles.menu} role="listbox" aria-label={t('forms.template.insert')}>
      {choices.map((choice, index) => (
        <div
          key={`${choice.variable}/${choice.column}`}
          id={choiceId(id, index)}
          role="option"
          aria-selected={index === marked}
          className={styles.choice}
          data-marked={index === marked}
          onPointerMove={() => onMark(index)}
          // Before the textarea loses the focus, and with it its place.
          onPointerDown={(event) => {
            event.preventDefault()
            onChoose(choice)
          }}
        >
          <span>
            <b>{choice.friendly}</b> <code>{choice.technical}</code>
          </span>
          <small>
            {choice.sample !== null && t('forms.template.now', { value: choice.sample })}
            {choice.sample === null && choice.column === null && t('forms.template.filled')}
          </small>
        </div>
      ))}
    </div>
  )
}
