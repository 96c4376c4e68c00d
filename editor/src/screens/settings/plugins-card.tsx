import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useNodeTypes } from '#editor/api/workflows.ts'
import { useNodeTypeNews } from '#editor/live/node-type-news.ts'
import { QueryState } from '#editor/parts/query-state.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import { Card } from './card.tsx'
import styles from './settings.module.css'

/** Own node types: the files that were read, and those that could not be, with their errors. */
export function PluginsCard() {
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useNodeTypes()
  useNodeTypeNews()
  return (
    <Card title={t('settings.plugins.title')} text={t('settings.plugins.text')}>
      <QueryState query={query}>
        {({ items, broken }) => {
          const own = items.filter(({ plugin }) => plugin !== undefined)
          if (own.length === 0 && broken.length === 0) return <p className={styles.quiet}>{t('settings.plugins.none')}</p>
          return (
            <ul className={styles.files}>
              {broken.map(({ file, error }) => (
                <li key={file} data-tone="bad">
                  <IconAlertTriangle size={18} aria-hidden />
                  <span>
                    <code>{file}</code> · <b>{t('settings.plugins.broken')}</b>
                    <span className={styles.bad}>{error.message}</span>
                  </span>
                </li>
              ))}
              {own.map(({ type, title, version, plugin }) => (
                <li key={type} data-tone="ok">
                  <IconCheck size={18} aria-hidden />
                  <span>
                    <code>{plugin?.file}</code>
                    <span>{t('settings.plugins.loaded', { title: title[language], version })}</span>
                  </span>
                </li>
              ))}
            </ul>
          )
        }}
      </QueryState>
    </Card>
  )
}
