import {
  IconChevronRight,
  IconDatabase,
  IconListNumbers,
  IconSitemap,
  IconSparkles,
  IconTableImport,
  type TablerIcon,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import styles from './doors.module.css'

interface DoorsProps {
  readonly onEmpty: () => void
  readonly busy: boolean
  /** Whoever stands in an example needs no way to another. */
  readonly examples?: boolean
}

/** Ways to begin, while there is little yet. */
export function Doors({ onEmpty, busy, examples = true }: DoorsProps) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="doors" className={styles.section}>
      <h2 id="doors" className={styles.title}>
        {t('home.doors.title')}
      </h2>
      <div className={styles.doors}>
        <Link to="/start/list" search={{}} className={styles.door}>
          <Inside icon={IconTableImport} title={t('home.doors.excel')} text={t('home.doors.excelText')} />
        </Link>
        <Link to="/data/new" className={styles.door}>
          <Inside icon={IconDatabase} title={t('home.doors.database')} text={t('home.doors.databaseText')} />
        </Link>
        <Link to="/start/steps" search={{}} className={styles.door}>
          <Inside icon={IconListNumbers} title={t('home.doors.steps')} text={t('home.doors.stepsText')} />
        </Link>
        <button type="button" className={styles.door} disabled={busy} onClick={onEmpty}>
          <Inside icon={IconSitemap} title={t('home.doors.canvas')} text={t('home.doors.canvasText')} />
        </button>
        {examples && (
          <Link to="/examples" className={styles.door}>
            <Inside icon={IconSparkles} title={t('home.doors.example')} text={t('home.doors.exampleText')} />
          </Link>
        )}
      </div>
    </section>
  )
}

function Inside({ icon: Icon, title, text }: { icon: TablerIcon; title: string; text: string }) {
  return (
    <>
      <span className={styles.sign} aria-hidden>
        <Icon size={20} stroke={1.8} />
      </span>
      <span className={styles.words}>
        <b>{title}</b>
        <span>{text}</span>
      </span>
      <IconChevronRight size={18} aria-hidden />
    </>
  )
}
