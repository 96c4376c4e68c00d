import { useTranslation } from 'react-i18next'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { readAddress } from '#editor/parts/read-address.ts'
import { FinderLine } from './finder-line.tsx'
import type { useFinder } from './use-finder.ts'
import pick from '#editor/parts/pick-list.module.css'
import styles from './finder.module.css'

/** What was found, by kind. */
export function FinderList({ id, finder }: { id: string; finder: ReturnType<typeof useFinder> }) {
  const { t } = useTranslation()
  const { text, groups, entries, at, pending, error, mark, choose } = finder
  return (
    <>
      {/* A list box without options is none. */}
      <div
        id={id}
        className={`${pick.list} ${styles.list}`}
        role={entries.length > 0 ? 'listbox' : undefined}
        aria-label={entries.length > 0 ? t('finder.name') : undefined}
      >
        {groups.map((group) => (
          <div key={group.key} role="group" aria-labelledby={`${id}-${group.key}`}>
            <div className={styles.group} id={`${id}-${group.key}`} role="presentation">
              {t(`finder.groups.${group.key}`)}
              {group.more && <span>{t('finder.more')}</span>}
            </div>
            {group.entries.map((entry) => {
              const index = entries.indexOf(entry)
              return (
                <FinderLine
                  key={entry.key}
                  id={`${id}-${index}`}
                  entry={entry}
                  marked={index === at}
                  onMark={() => mark(index)}
                  onChoose={() => choose(entry)}
                />
              )
            })}
          </div>
        ))}
      </div>
      {error !== null && <ErrorNote error={error} />}
      {entries.length === 0 && !pending && error === null && (
        <p className={styles.nothing}>{t(readAddress(text) === null ? 'finder.nothing' : 'finder.nobody')}</p>
      )}
    </>
  )
}
