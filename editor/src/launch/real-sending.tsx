import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Launch } from '#schemas/api/launch.ts'
import { readyQuery } from '#editor/api/connections.ts'
import { formatMoney } from '#editor/parts/numbers.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { realNames } from './launch-figures.ts'
import styles from './launch.module.css'

/** Where it goes: into the sandbox, with the way to real sending; or really out, with what is missing for it and whether the balance is enough. */
export function RealSending({ launch }: { launch: Launch }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const names = realNames(launch)
  const real = new Map(
    launch.channels.filter(({ sandbox }) => !sandbox).map(({ connection }) => [connection.id, connection.name]),
  )
  const answers = useQueries({ queries: [...real.keys()].map((id) => readyQuery(id)) })
  if (names.length === 0)
    return (
      <p className={styles.quiet}>
        {t('launch.sandbox')}{' '}
        <a href="/data" target="_blank" rel="noreferrer">
          {t('ready.how')}
        </a>
      </p>
    )
  return (
    <div className={styles.real}>
      <p>{t('launch.real', { names: names.join(', ') })}</p>
      {[...real].map(([id, name], index) => {
        const ready = answers[index]?.data
        if (ready === undefined) return null
        const missing = ready.items.filter(({ state }) => state === 'todo').map(({ check }) => t(`ready.check.${check}`))
        const { balance } = ready
        const short = balance !== null && launch.cost !== null && Number(balance.amount) < Number(launch.cost.maximum.amount)
        return (
          <p key={id}>
            {missing.length > 0 && (
              <>
                {t('ready.missing', { what: [...new Set(missing)].join(', ') })}{' '}
                <a href={`/data/${encodeURIComponent(id)}`} target="_blank" rel="noreferrer">
                  {t('ready.look')}
                </a>{' '}
              </>
            )}
            {balance !== null &&
              launch.cost !== null &&
              t(short ? 'ready.short' : 'ready.enough', { name, money: formatMoney(balance, language) })}
          </p>
        )
      })}
    </div>
  )
}
