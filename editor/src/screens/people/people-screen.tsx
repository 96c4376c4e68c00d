import { Skeleton } from '@mantine/core'
import { IconUserSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { personQuery } from '#editor/api/people.ts'
import { AddressSearch } from '#editor/parts/address-search.tsx'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'
import { WhyBeside } from '../run/why-beside.tsx'
import { PersonHistory } from './person-history.tsx'
import { PersonWhy } from './person-why.tsx'
import styles from './people.module.css'

const route = getRouteApi('/people')

/** "Did she get it?": everything of one exact address over all runs, and beside it why one of it came or did not. */
export function PeopleScreen() {
  const { t } = useTranslation()
  const { address = null, message = null } = route.useSearch()
  const navigate = useNavigate({ from: '/people' })
  const search = (next: string | null) => void navigate({ search: next === null ? {} : { address: next } })
  const open = useCallback(
    (id: string | null) =>
      void navigate({
        search: ({ address: of }) => ({ ...(of !== undefined && { address: of }), ...(id !== null && { message: id }) }),
        replace: true,
      }),
    [navigate],
  )
  return (
    <Screen title={t('people.title')} layout="full">
      <WhyBeside
        panel={message === null ? null : <PersonWhy key={message} messageId={message} onClose={() => open(null)} />}
        onClose={() => open(null)}
      >
        <div className={styles.page}>
          <div className={styles.search}>
            <AddressSearch address={address} onSearch={search} ids />
          </div>
          {address === null ? (
            <EmptyState
              icon={<IconUserSearch size={28} aria-hidden />}
              title={t('people.start.title')}
              text={t('people.start.text')}
            />
          ) : (
            <OnePerson address={address} chosen={message} onChoose={open} />
          )}
        </div>
      </WhyBeside>
    </Screen>
  )
}

interface OnePersonProps {
  readonly address: string
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

function OnePerson({ address, chosen, onChoose }: OnePersonProps) {
  const query = useQuery(personQuery(address))
  return (
    <QueryState query={query} skeleton={<Skeleton height={280} radius={14} />}>
      {(person) => <PersonHistory person={person} address={address} chosen={chosen} onChoose={onChoose} />}
    </QueryState>
  )
}
