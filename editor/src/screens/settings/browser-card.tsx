import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { chooseLanguage } from '#editor/words/start-words.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { Card } from './card.tsx'
import styles from './settings.module.css'

/** Language and appearance of this browser. */
export function BrowserCard() {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const choose = async (next: 'ko' | 'en') => {
    await chooseLanguage(next)
    // Answers hold sentences in the language that was asked for.
    await client.invalidateQueries()
  }
  return (
    <Card title={t('settings.browser.title')} text={t('settings.browser.text')}>
      <div className={styles.row}>
        <span id="settings-language">{t('frame.language')}</span>
        <SegmentedControl
          aria-labelledby="settings-language"
          value={language}
          onChange={(next) => void choose(next)}
          data={[
            { value: 'ko', label: '한국어' },
            { value: 'en', label: 'English' },
          ]}
        />
      </div>
      <div className={styles.row}>
        <span id="settings-theme">{t('frame.theme.label')}</span>
        <SegmentedControl
          aria-labelledby="settings-theme"
          value={colorScheme}
          onChange={setColorScheme}
          data={[
            { value: 'auto', label: t('frame.theme.auto') },
            { value: 'light', label: t('frame.theme.light') },
            { value: 'dark', label: t('frame.theme.dark') },
          ]}
        />
      </div>
    </Card>
  )
}
