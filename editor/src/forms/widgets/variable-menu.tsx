import { useTranslation } from 'react-i18next'
import type { VariableChoice } from './variable-choices.ts'
import styles from '../forms.module.css'

interface VariableMenuProps {
  readonly choices: readonly VariableChoice[]
  readonly marked: number
  readonly onMark: (index: number) => void
  readonly onChoose: (choice: VariableChoice) => void
}

/** Columns and variables under the text, each with its value for the person that is shown. */
export function VariableMenu({ choices, marked, onMark, onChoose }: VariableMenuProps) {
  const { t } = useTranslation()
  if (choices.length === 0) return <div className={styles.menu}>{t('forms.template.nothing')}</div>
  return (
    <div className={styles.menu} role="listbox" aria-label={t('forms.template.insert')}>
      {choices.map((choice, index) => (
        <div
          key={`${choice.variable}/${choice.column}`}
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
            <b>{choice.variable}</b> <code>{choice.technical}</code>
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
