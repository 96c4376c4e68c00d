import { Checkbox, NumberInput, SegmentedControl, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { addressesIn, MOST_ADDRESSES } from './test-addresses.ts'
import styles from './editor-screen.module.css'

/** To whom a run goes: everybody of its audience, or to those who test it. */
export type RunTo = 'all' | 'me'

export function ToWhom({ to, onChange }: { to: RunTo; onChange: (to: RunTo) => void }) {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      fullWidth
      mb={10}
      aria-label={t('editor.run.to')}
      value={to}
      onChange={onChange}
      data={[
        { value: 'all', label: t('editor.run.toAll') },
        { value: 'me', label: t('editor.run.toMe') },
      ]}
    />
  )
}

/** How many get it before a person says yes to the rest. */
const FEW_FIRST = 50

/** A look at the first ones before everybody gets it: the run waits for an approval after them. */
export function FirstPart({ first, onChange }: { first: number | null; onChange: (first: number | null) => void }) {
  const { t } = useTranslation()
  return (
    <div className={styles.first}>
      <Checkbox
        label={t('editor.run.first')}
        checked={first !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? FEW_FIRST : null)}
      />
      {first !== null && (
        <NumberInput
          mt={8}
          aria-label={t('editor.run.firstCount')}
          value={first}
          min={1}
          max={1_000_000}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=","
          suffix={t('editor.run.firstUnit')}
          onChange={(value) => typeof value === 'number' && value >= 1 && onChange(value)}
        />
      )}
    </div>
  )
}

interface TestSendProps {
  readonly text: string
  readonly remember: boolean
  readonly onText: (text: string) => void
  readonly onRemember: (remember: boolean) => void
}

/** Where the texts of the first people go instead. */
export function TestSend({ text, remember, onText, onRemember }: TestSendProps) {
  const { t } = useTranslation()
  const many = addressesIn(text).length > MOST_ADDRESSES
  return (
    <div className={styles.first}>
      <Textarea
        label={t('editor.run.testLabel')}
        description={t('editor.run.testHint')}
        placeholder={t('editor.run.testExample')}
        autosize
        minRows={2}
        maxRows={6}
        autoComplete="off"
        spellCheck={false}
        value={text}
        error={many ? t('editor.run.testMany', { count: MOST_ADDRESSES }) : undefined}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <Checkbox
        mt={8}
        label={t('editor.run.testRemember')}
        checked={remember}
        onChange={(event) => onRemember(event.currentTarget.checked)}
      />
    </div>
  )
}
