import { Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '#editor/parts/numbers.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './launch.module.css'

/** Says what goes on, and for how long already. */
export function Preparing({ text, since }: { text: string; since?: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const took = since === undefined ? 0 : now - Date.parse(since)
  return (
    <div className={styles.preparing} role="status">
      <Loader size={22} />
      <p>
        {text}
        {took >= 3_000 && (
          // Each second would be read out.
          <small aria-hidden>{t('launch.since', { time: formatDuration(Math.floor(took / 1_000) * 1_000, language) })}</small>
        )}
      </p>
    </div>
  )
}
