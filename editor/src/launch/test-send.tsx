import { Checkbox, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { addressesIn, MOST_ADDRESSES } from './test-addresses.ts'

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
    <>
      <Textarea
        label={t('editor.run.testLabel')}
        description={t('editor.run.testHint')}
        placeholder={t('editor.run.testExample')}
        autosize
        autoFocus
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
    </>
  )
}
