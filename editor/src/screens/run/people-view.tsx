import { Button, Select } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { AddressSearch } from '#editor/parts/address-search.tsx'
import type { NodeTypeIndex } from '#editor/model/ports.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { ExportPeople } from './export-people.tsx'
import { GroupedPeople } from './grouped-people.tsx'
import { PeopleRows } from './people-rows.tsx'
import { channelsOf } from './run-graph.ts'
import type { RunPlace } from './run-search.ts'
import { WhyBeside } from './why-beside.tsx'
import { WhyPanel } from './why-panel.tsx'
import styles from './people-view.module.css'

interface PeopleViewProps {
  readonly run: Run
  readonly types: NodeTypeIndex
  readonly place: RunPlace
}

/** Every person of the run: by result, or one list that is filtered; beside it why one of them did or did not get it. */
export function PeopleView({ run, types, place }: PeopleViewProps) {
  const { t } = useTranslation()
  const [grouped, setGrouped] = useLocalStorage({
    key: 'alimflow.run.grouped',
    defaultValue: true,
    getInitialValueInEffect: false,
  })
  const filtered = place.state !== null || place.address !== null || place.node !== null
  const people = (
    <div className={styles.people}>
      <div className={styles.tools}>
        <div className={styles.search}>
          <AddressSearch address={place.address} onSearch={(address) => place.go({ address, state: null, message: null })} />
        </div>
        <NodeFilter run={run} types={types} place={place} />
        {filtered ? (
          <Button variant="default" onClick={() => place.go({ state: null, address: null, node: null })}>
            {t('run.table.clear')}
          </Button>
        ) : (
          <Button
            variant="default"
            aria-pressed={grouped}
            leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
            onClick={() => setGrouped(!grouped)}
          >
            {t(grouped ? 'run.table.grouped' : 'run.table.group')}
          </Button>
        )}
        {place.address === null && <ExportPeople run={run} filter={{ state: place.state, node: place.node }} />}
      </div>
      <div className={styles.table}>
        {grouped && !filtered ? <GroupedPeople run={run} place={place} /> : <PeopleRows run={run} place={place} />}
      </div>
    </div>
  )
  const panel =
    place.message === null ? null : (
      <WhyPanel
        key={place.message}
        messageId={place.message}
        run={run}
        types={types}
        onClose={() => place.go({ message: null })}
      />
    )
  return (
    <WhyBeside panel={panel} onClose={() => place.go({ message: null })}>
      {people}
    </WhyBeside>
  )
}

/** Only where there is more than one step that sends. */
function NodeFilter({ run, types, place }: PeopleViewProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const channels = channelsOf(run, { types, language })
  if (channels.length < 2) return null
  return (
    <Select
      className={styles.node}
      aria-label={t('run.table.node')}
      placeholder={t('run.table.everyNode')}
      clearable
      value={place.node}
      data={channels.map(({ id, label }) => ({ value: id, label }))}
      onChange={(node) => place.go({ node, message: null, state: place.state })}
    />
  )
}
