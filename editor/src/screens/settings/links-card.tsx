import { IconExternalLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Card } from './card.tsx'
import styles from './settings.module.css'

/** Where developers go on. */
export function LinksCard() {
  const { t } = useTranslation()
  const links = [
    { href: '/api/docs', title: t('settings.links.api'), text: t('settings.links.apiText') },
    { href: '/schemas/workflow.json', title: t('settings.links.schema'), text: t('settings.links.schemaText') },
  ]
  return (
    <Card title={t('settings.links.title')}>
      {links.map(({ href, title, text }) => (
        <div key={href} className={styles.row}>
          <span>
            <a href={href} target="_blank" rel="noreferrer">
              {title} <IconExternalLink size={14} aria-hidden />
            </a>
            <span className={styles.quiet}>{text}</span>
          </span>
        </div>
      ))}
    </Card>
  )
}
