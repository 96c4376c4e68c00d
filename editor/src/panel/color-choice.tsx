import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { MARK_COLORS } from '#schemas/mark-colors.ts'
import type { MarkColor } from '#schemas/workflow.ts'
import styles from './marks-panel.module.css'

/** The colour of a note or a group. Its name is said as well: colour alone tells nobody anything. */
export function ColorChoice({ color, onChange }: { color: MarkColor; onChange: (color: MarkColor) => void }) {
  const { t } = useTranslation()
  const name = useId()
  return (
    <fieldset className={styles.colors}>
      <legend>{t('marks.color')}</legend>
      {MARK_COLORS.map((one) => (
        <label key={one} data-color={one}>
          <input type="radio" name={name} checked={one === color} onChange={() => onChange(one)} />
          {t(`marks.colors.${one}`)}
        </label>
      ))}
    </fieldset>
  )
}
