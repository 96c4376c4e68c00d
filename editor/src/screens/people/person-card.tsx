import { Button } from '@mantine/core'
import { IconBellOff, IconCircleCheck, IconEraser, IconMessageCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Person } from '#schemas/api/people.ts'
import { MaskedNumber } from '#editor/parts/masked-number.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { personFacts } from './person-facts.ts'
import styles from './people.module.css'

/** The person in a few facts, with the ways to the bubbles and to being forgotten. */
export function PersonCard({ person, address }: { person: Person; address: string }) {
  const { t } = useTranslation()
  const { received, optedOut, optedInSince, arrived, notArrived, tests } = personFacts(person.messages)
  return (
    <section className={styles.card} aria-label={t('people.person')}>
      <div className={styles.who}>
        <h2>
          {person.name ?? t('people.unnamed')} <MaskedNumber address={person.address} />
        </h2>
        <p>
          {t('people.arrived', { count: arrived })} · {t('people.notArrived', { count: notArrived })}
          {tests > 0 && ` · ${t('people.tests', { count: tests })}`}
        </p>
      </div>
      <ul className={styles.facts}>
        <li>
          <IconCircleCheck size={16} aria-hidden />
          {received === null ? (
            t('people.never')
          ) : (
            <span>
              {t('people.received')} <RelativeTime at={received.finalAt ?? received.sentAt} /> · {received.workflowName}
            </span>
          )}
        </li>
        <li data-tone={optedOut !== null && !optedInSince ? 'warn' : undefined}>
          <IconBellOff size={16} aria-hidden />
          {optedOut === null ? (
            t('people.noOptOut')
          ) : (
            <span>
              {t(optedInSince ? 'people.wasOut' : 'people.optedOut')} <RelativeTime at={optedOut.finalAt ?? optedOut.sentAt} /> ·{' '}
              {optedOut.workflowName}
            </span>
          )}
        </li>
      </ul>
      <div className={styles.ways}>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconMessageCircle size={15} aria-hidden />}
          renderRoot={(props) => <Link to="/outbox" search={{ address }} {...props} />}
        >
          {t('people.bubbles')}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconEraser size={15} aria-hidden />}
          renderRoot={(props) => <Link to="/settings" hash="privacy" {...props} />}
        >
          {t('people.erase')}
        </Button>
      </div>
    </section>
  )
}
