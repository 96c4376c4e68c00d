import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { noticesQuery } from '#editor/api/notices.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { NoticeList } from './notice-list.tsx'
import styles from './notice-banner.module.css'
import { formatNumber } from './numbers.ts'
import { Pill } from './pill.tsx'

/** A card of what is open; nothing while nothing is. News are said politely to those who do not see them. */
export function NoticeBanner() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { data } = useQuery(noticesQuery)
  const open = data?.items.filter(({ state }) => state === 'open') ?? []
  return (
    <div aria-live="polite">
      {open.length > 0 && (
        <section className={styles.card} aria-labelledby="notices">
          <h2 id="notices" className={styles.title}>
            {t('notices.bell')} <Pill tone="bad">{formatNumber(data?.open ?? open.length, language)}</Pill>
          </h2>
          <NoticeList items={open} />
        </section>
      )}
    </div>
  )
}
