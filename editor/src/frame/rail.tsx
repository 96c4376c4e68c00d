import { Link, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Finder } from '#editor/finder/finder.tsx'
import { Logo } from './logo.tsx'
import { NoticeBell } from './notice-bell.tsx'
import { places } from './places.ts'
import styles from './rail.module.css'

/** The places of the product, with words. Only screens that exist are listed. */
export function Rail() {
  const { t } = useTranslation()
  const path = useRouterState({ select: (state) => state.location.pathname })
  return (
    <nav className={styles.rail} aria-label={t('frame.rail.label')}>
      <Link to="/" className={styles.logo} aria-label={t('frame.name')}>
        <Logo size={34} />
      </Link>
      <ul className={styles.places}>
        {places.flatMap(({ to, key, icon: Icon, within }) => {
          const here = path === to || within.some((prefix) => path === prefix || path.startsWith(`${prefix}/`))
          const place = (
            <li key={to}>
              <Link to={to} className={styles.place} data-here={here || undefined} aria-current={here ? 'page' : undefined}>
                <Icon size={19} stroke={1.7} aria-hidden className={key === 'workflows' ? styles.flow : undefined} />
                <span>{t(`frame.rail.${key}`)}</span>
              </Link>
            </li>
          )
          if (key !== 'settings') return [place]
          return [
            <li key="find" className={styles.last}>
              <Finder />
            </li>,
            <li key="notices">
              <NoticeBell />
            </li>,
            place,
          ]
        })}
      </ul>
    </nav>
  )
}
