import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Launch } from '#schemas/api/launch.ts'
import type { Run } from '#schemas/run.ts'
import { firstMessagesQuery } from '#editor/api/runs.ts'
import { MaskedNumber } from '#editor/parts/masked-number.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { leftOf } from './launch-figures.ts'
import styles from './launch.module.css'

/** So many are named; the others are counted. */
const NAMED = 10

/** The first of those who are left out, masked, each with the reason. */
export function LeftOut({ run, launch }: { run: Run; launch: Launch }) {
  const { t } = useTranslation()
  const people = useQuery(firstMessagesQuery(run.id, { state: 'skipped', limit: NAMED }))
  const { excluded, cannot } = leftOf(run, launch)
  return (
    <section className={styles.who} aria-label={t('launch.whoList')}>
      <QueryState query={people}>
        {({ items }) => (
          <>
            <ul>
              {items.map((message) => (
                <li key={message.id}>
                  <b>{message.name ?? t('run.table.unnamed', { number: message.number })}</b>
                  <MaskedNumber address={message.address} />
                  <span>{message.reason?.message}</span>
                </li>
              ))}
            </ul>
            {excluded > items.length && <p>{t('launch.whoMore', { count: excluded - items.length })}</p>}
          </>
        )}
      </QueryState>
      {cannot > 0 && <p>{t('launch.whoCannot', { count: cannot })}</p>}
    </section>
  )
}
