import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconRotate2, IconUserOff } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { usablePeople, type ReadList } from '#editor/lists/read-list.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { Pill } from '#editor/parts/pill.tsx'
import { useListDraft } from './list-draft.ts'
import { ListTable } from './list-table.tsx'
import { RowNotes } from './row-notes.tsx'
import type { ListReading } from './use-list-read.ts'
import { useTakeList } from './use-take-list.ts'
import styles from './wizard.module.css'

/** What was understood of the list, which is new or takes the place of a stored one: counts, what can be said otherwise, the table, and the rows to look at. */
export function ListRead({ read, isNew }: { read: ListReading; isNew: boolean }) {
  const { t } = useTranslation()
  const { list, name, trouble } = read
  const forget = useListDraft((state) => state.forget)
  const source = useListDraft((state) => state.source)
  const heading = useRef<HTMLHeadingElement>(null)
  // The field that was pasted into is gone: what came of it is read out, and the way on is one key away.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <>
      <section className={styles.card} aria-labelledby="list-read">
        <header className={styles.cardHead}>
          <h2 id="list-read" ref={heading} tabIndex={-1}>
            {source?.big
              ? t('startList.big.title', { count: list.rows.length })
              : t('startList.read.title', { count: list.rows.length })}
            <small>{source?.name ?? t('startList.read.pasted')}</small>
          </h2>
          <Button variant="default" leftSection={<IconRotate2 size={16} aria-hidden />} onClick={forget}>
            {t('startList.area.again')}
          </Button>
        </header>
        {source?.big && <p>{t('startList.big.text')}</p>}
        {trouble === null ? <Facts list={list} /> : <ErrorNote title={trouble} error={{ message: '' }} />}
        <Wishes list={list} name={isNew ? name : null} />
      </section>
      {trouble === null && (
        <div className={styles.columns} data-alone={list.problems.length + list.repeated.length === 0 || undefined}>
          <ListTable list={list} />
          <RowNotes list={list} />
        </div>
      )}
    </>
  )
}

function Facts({ list }: { list: ReadList }) {
  const { t } = useTranslation()
  const { restored, repeated, problems, optOut, columns, titles, address } = list
  return (
    <div className={styles.facts}>
      {address !== null && (
        <Pill tone="accent" icon={<IconCheck size={14} aria-hidden />}>
          {t('startList.read.people', { count: usablePeople(list) })}
        </Pill>
      )}
      {problems.length > 0 ? (
        <Pill tone="warn" icon={<IconAlertTriangle size={14} aria-hidden />}>
          {t('startList.read.problems', { count: problems.length })}
        </Pill>
      ) : (
        <Pill tone="ok">{t('startList.read.fine')}</Pill>
      )}
      {restored > 0 && <Pill>{t('startList.read.restored', { count: restored })}</Pill>}
      {repeated.length > 0 && <Pill>{t('startList.read.repeated', { count: repeated.length })}</Pill>}
      {optOut !== null && (
        <Pill icon={<IconUserOff size={14} aria-hidden />}>
          {t('startList.read.optOut', { column: columns[optOut]?.label ?? '' })}
        </Pill>
      )}
      {titles > 0 && <span>{t('startList.read.titles', { count: titles })}</span>}
    </div>
  )
}

interface WishesProps {
  readonly list: ReadList
  /** What the list will be called; null: it has a name. */
  readonly name: string | null
}

/** What was guessed and can be said otherwise. */
function Wishes({ list, name }: WishesProps) {
  const { t } = useTranslation()
  const { choose, call, source, name: wished } = useListDraft()
  const taking = useTakeList()
  const { address, columns, rows, problems } = list
  const wrong = problems.filter(({ column, code }) => column === address && code !== 'phone-landline').length
  return (
    <div className={styles.wishes}>
      <Select
        label={t('startList.read.address')}
        placeholder={t('startList.read.choose')}
        data={columns.map(({ label }, place) => ({ value: String(place), label }))}
        value={address === null ? null : String(address)}
        allowDeselect={false}
        error={address === null ? t('startList.read.noAddress') : undefined}
        description={
          address === null ? undefined : t('startList.read.addressWhy', { all: rows.length, count: rows.length - wrong })
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={(place) =>
          place !== null &&
          choose({ address: Number(place), kinds: { ...useListDraft.getState().choices.kinds, [Number(place)]: 'phone' } })
        }
      />
      {name !== null && (
        <TextInput
          label={t('startList.read.name')}
          maxLength={200}
          value={wished ?? name}
          onChange={(event) => call(event.currentTarget.value)}
        />
      )}
      {source !== null && source.sheets.length > 1 && (
        <Select
          label={t('startList.read.sheet')}
          data={[...source.sheets]}
          value={source.sheet}
          allowDeselect={false}
          disabled={taking.isReading}
          onChange={(sheet) => sheet !== null && taking.sheet(source, sheet)}
        />
      )}
      <Checkbox
        className={styles.tick ?? ''}
        label={t('startList.read.header')}
        checked={list.hasHeader}
        onChange={(event) => choose({ header: event.currentTarget.checked, kinds: {}, address: null })}
      />
    </div>
  )
}
