import { Button } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed, IconHelpCircle, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Ready } from '#schemas/api/ready.ts'
import { readyQuery } from '#editor/api/connections.ts'
import { formatMoney } from '#editor/parts/numbers.ts'
import { QueryState } from '#editor/parts/query-state.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './connection-form.module.css'

const icons = { ok: IconCircleCheck, todo: IconCircleDashed, unknown: IconHelpCircle } as const
const colours = { ok: 'var(--ok)', todo: 'var(--warn)', unknown: 'var(--ink-2)' } as const

/** What real sending over this connection needs: what is there, what to do, what nobody can ask. */
export function ReadyCard({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const ready = useQuery(readyQuery(connectionId))
  return (
    <section className={styles.card} aria-labelledby="ready">
      <header className={styles.head}>
        <h2 id="ready">{t('ready.title')}</h2>
      </header>
      <QueryState query={ready}>
        {({ sandbox, balance, items }) =>
          sandbox ? (
            <p className={styles.quiet}>{t('ready.sandbox')}</p>
          ) : (
            <>
              <ul className={styles.list}>
                {items.map((item) => (
                  <ReadyItem key={`${item.check} ${item.name}`} item={item} />
                ))}
              </ul>
              {balance !== null && <p>{t('ready.balance', { money: formatMoney(balance, language) })}</p>}
              <Button
                mt={12}
                size="xs"
                variant="default"
                loading={ready.isFetching}
                leftSection={<IconRefresh size={14} aria-hidden />}
                onClick={() => void ready.refetch()}
              >
                {t('ready.again')}
              </Button>
            </>
          )
        }
      </QueryState>
    </section>
  )
}

function ReadyItem({ item: { check, state, name, detail } }: { item: Ready['items'][number] }) {
  const { t } = useTranslation()
  const Icon = icons[state]
  const why = detail === 'pending' || detail === 'rejected' || detail === 'missing' ? t(`ready.detail.${detail}`) : detail
  const todo = state === 'todo' ? t(`ready.todo.${check}`) : state === 'unknown' && why === null ? t('ready.unknown') : ''
  return (
    <li>
      <Icon size={20} aria-hidden style={{ color: colours[state] }} />
      <span>
        {t(`ready.check.${check}`)}
        {name !== null && ` ${name}`} · {t(`ready.state.${state}`)}
        {(why !== null || todo !== '') && (
          <>
            <br />
            <span>{[why, todo].filter(Boolean).join(' ')}</span>
          </>
        )}
      </span>
    </li>
  )
}
