import { IconChevronRight, IconDatabase, IconSitemap, IconSparkles, type TablerIcon } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { toastError } from '#editor/parts/toasts.ts'
import { makeExample } from './workflow-calls.ts'
import styles from './doors.module.css'

/** Ways to begin, while there is little yet. */
export function Doors({ onEmpty, busy }: { onEmpty: () => void; busy: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const example = useMutation({
    mutationFn: makeExample,
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['workflows'] })
      await navigate({ to: '/workflows/$id', params: { id } })
    },
    onError: (error) => toastError(error),
  })
  return (
    <section aria-labelledby="doors" className={styles.section}>
      <h2 id="doors" className={styles.title}>
        {t('home.doors.title')}
      </h2>
      <div className={styles.doors}>
        <Link to="/data/new" className={styles.door}>
          <Inside icon={IconDatabase} title={t('home.doors.database')} text={t('home.doors.databaseText')} />
        </Link>
        <button type="button" className={styles.door} disabled={busy} onClick={onEmpty}>
          <Inside icon={IconSitemap} title={t('home.doors.canvas')} text={t('home.doors.canvasText')} />
        </button>
        <button type="button" className={styles.door} disabled={example.isPending} onClick={() => example.mutate()}>
          <Inside icon={IconSparkles} title={t('home.doors.example')} text={t('home.doors.exampleText')} />
        </button>
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
