import { useMediaQuery } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Person } from '#schemas/api/people.ts'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { VirtualRows } from '#editor/parts/virtual-rows.tsx'
import { PersonCard } from './person-card.tsx'
import { useHistoryCells } from './use-history-cells.tsx'
import styles from './people.module.css'

interface PersonHistoryProps {
  readonly person: Person
  /** What was searched. */
  readonly address: string
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

/** Who it is as far as the product knows, and everything that went there or did not, newest first. */
export function PersonHistory({ person, address, chosen, onChoose }: PersonHistoryProps) {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false })
  const { head, cells, template } = useHistoryCells(narrow)
  return (
    <>
      {person.messages.length > 0 && <PersonCard person={person} address={address} />}
      <Going person={person} address={address} />
      {person.messages.length === 0 ? (
        <EmptyState title={t('people.nothing.title')} text={t('people.nothing.text')} />
      ) : (
        <div className={styles.table}>
          <VirtualRows
            label={t('people.history')}
            rows={person.messages}
            rowKey={({ id }) => id}
            rowHeight={narrow ? 58 : 40}
            template={template}
            head={head}
            cells={cells}
            chosen={chosen}
            onChoose={({ id }) => onChoose(id)}
          />
        </div>
      )}
      {person.more && <p className={styles.note}>{t('people.more', { count: person.messages.length })}</p>}
    </>
  )
}

/** Runs that still send: who waits there has no message yet. */
function Going({ person: { going }, address }: { person: Person; address: string }) {
  const { t } = useTranslation()
  if (going.length === 0) return null
  return (
    <p className={styles.note}>
      {t('people.going')}{' '}
      {going.map(({ runId, workflowName, runNumber }, place) => (
        <span key={runId}>
          {place > 0 && ' · '}
          <Link to="/runs/$id" params={{ id: runId }} search={{ view: 'people', address }}>
            {t('run.heading', { workflow: workflowName, number: runNumber })}
          </Link>
        </span>
      ))}
    </p>
  )
}
