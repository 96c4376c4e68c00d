import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { formatAgo, formatExact } from './times.ts'
import { useMinute } from './use-minute.ts'
import styles from './kept-age.module.css'

interface KeptAgeProps {
  /** When the result was asked, ISO. */
  readonly at: string
  /** Asks the database now; left out where that is done elsewhere. */
  readonly onAnew?: () => void
  readonly busy?: boolean
}

/** That a result was not asked just now but kept, how old it is, and asking anew. */
export function KeptAge({ at, onAnew, busy = false }: KeptAgeProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const zone = useWorkspaceZone()
  const now = useMinute()
  const date = new Date(at)
  return (
    <span className={styles.kept} role="status">
      <IconHistory size={14} aria-hidden />
      <time dateTime={at} title={formatExact(date, language, zone)}>
        {t('parts.kept.age', { ago: formatAgo(date, language, now) })}
      </time>
      {onAnew && (
        <Button variant="subtle" size="compact-xs" loading={busy} onClick={onAnew}>
          {t('parts.kept.anew')}
        </Button>
      )}
    </span>
  )
}
