import { Select } from '@mantine/core'
import { IconDeviceMobile } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { LIST_KINDS, type ListKind } from '#schemas/list.ts'
import type { ReadList } from '#editor/lists/read-list.ts'
import { formatNumber } from '#editor/parts/numbers.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useListDraft } from './list-draft.ts'
import styles from './list-table.module.css'

const SHOWN = 50

/** The first rows as they were understood; each column says what it is taken for and why, and can be said otherwise. */
export function ListTable({ list }: { list: ReadList }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { columns, rows, places, problems } = list
  const isBig = useListDraft(({ source }) => source?.big != null)
  const wrong = new Set(problems.map(({ row, column }) => `${row}/${column}`))
  return (
    <section className={styles.part}>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('startList.table.label')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('startList.table.row')}</th>
              {columns.map((column, place) => (
                <th key={column.name} scope="col" data-address={place === list.address || undefined}>
                  <ColumnHead list={list} place={place} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN).map((cells, index) => {
              const row = places[index] ?? 0
              return (
                <tr key={row}>
                  <th scope="row">{formatNumber(row, language)}</th>
                  {cells.map((cell, place) => (
                    <td key={columns[place]?.name} data-wrong={wrong.has(`${row}/${place}`) || undefined}>
                      {cell ?? <i>{t('startList.table.nothing')}</i>}
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {rows.length > SHOWN && !isBig && (
        <p className={styles.more}>{t('startList.table.more', { shown: SHOWN, count: rows.length })}</p>
      )}
    </section>
  )
}

function ColumnHead({ list, place }: { list: ReadList; place: number }) {
  const { t } = useTranslation()
  const choose = useListDraft((state) => state.choose)
  const column = list.columns[place]
  if (column === undefined) return null
  const { label, kind, reason } = column
  const choosing = (wish: string | null) => {
    const { choices } = useListDraft.getState()
    const chosen = LIST_KINDS.find((one) => one === wish)
    if (chosen !== undefined) choose({ kinds: { ...choices.kinds, [place]: chosen } })
  }
  return (
    <div className={styles.head}>
      <span className={styles.name}>
        {place === list.address && <IconDeviceMobile size={15} aria-hidden />}
        {label}
      </span>
      <Select<ListKind>
        size="xs"
        aria-label={t('startList.table.kindOf', { column: label })}
        data={LIST_KINDS.map((value) => ({ value, label: t(`startList.kinds.${value}`) }))}
        value={kind}
        allowDeselect={false}
        onChange={choosing}
      />
      <small>{t(`startList.reasons.${reason ?? 'chosen'}`)}</small>
    </div>
  )
}
