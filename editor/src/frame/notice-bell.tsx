import { Popover, VisuallyHidden } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { noticesQuery } from '#editor/api/notices.ts'
import { NoticeList } from '#editor/parts/notice-list.tsx'
import { formatNumber } from '#editor/parts/numbers.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './notice-bell.module.css'
import rail from './rail.module.css'

/** The place in the rail that says, on every screen, how much needs a person; opened, the list, with what is over below it. */
export function NoticeBell() {
  const { t } = useTranslation()
  const language = useLanguage()
  const [opened, setOpened] = useState(false)
  const { data } = useQuery(noticesQuery)
  const open = data?.open ?? 0
  const label = open === 0 ? t('notices.bell') : t('notices.bellOpen', { count: open })
  return (
    <Popover opened={opened} onChange={setOpened} position="right-end" width={440} trapFocus returnFocus shadow="md" radius={14}>
      <Popover.Target>
        <button
          type="button"
          className={`${rail.place} ${rail.button}`}
          aria-haspopup="dialog"
          onClick={() => setOpened((was) => !was)}
        >
          <span className={styles.icon}>
            <IconBell size={19} stroke={1.7} aria-hidden />
            {open > 0 && (
              <span className={styles.count} aria-hidden>
                {formatNumber(Math.min(open, 99), language)}
              </span>
            )}
          </span>
          <span aria-hidden>{t('notices.bell')}</span>
          <VisuallyHidden>{label}</VisuallyHidden>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('notices.bell')}>
        <div className={styles.scroll}>
          <Lists onWay={() => setOpened(false)} />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function Lists({ onWay }: { onWay: () => void }) {
  const { t } = useTranslation()
  const items = useQuery(noticesQuery).data?.items ?? []
  const open = items.filter(({ state }) => state === 'open')
  const over = items.filter(({ state }) => state !== 'open').slice(0, 10)
  return (
    <>
      <h2 className={styles.title}>{open.length > 0 ? t('notices.title') : t('notices.none')}</h2>
      <NoticeList items={open} onWay={onWay} />
      {over.length > 0 && (
        <>
          <h3 className={styles.over}>{t('notices.ended')}</h3>
          <NoticeList items={over} onWay={onWay} />
        </>
      )}
    </>
  )
}
