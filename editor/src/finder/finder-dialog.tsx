import { Modal } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { ListKeys } from '#editor/parts/list-keys.tsx'
import { FinderList } from './finder-list.tsx'
import { useFinder } from './use-finder.ts'
import pick from '#editor/parts/pick-list.module.css'
import styles from './finder.module.css'

interface FinderDialogProps {
  /** What was typed while this was on its way. */
  readonly takeEarly: () => string
  readonly onClose: () => void
}

/** One field for everything: screens, workflows, runs, connections, a person by number. The list below follows the arrows. */
export function FinderDialog({ takeEarly, onClose }: FinderDialogProps) {
  const { t } = useTranslation()
  const listId = useId()
  const finder = useFinder(onClose)
  const { text, type, entries, at, pending, onKeyDown } = finder
  const some = entries.length > 0
  return (
    <Modal.Root opened onClose={onClose} centered={false} yOffset="12vh" size={560} padding={0}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('finder.name')}>
        <label className={`${pick.search} ${styles.search}`}>
          <IconSearch size={18} aria-hidden />
          <input
            data-autofocus
            value={text}
            placeholder={t('finder.placeholder')}
            aria-label={t('finder.placeholder')}
            role="combobox"
            aria-expanded={some}
            aria-controls={listId}
            aria-activedescendant={some ? `${listId}-${at}` : undefined}
            autoComplete="off"
            spellCheck={false}
            onFocus={() => {
              const early = takeEarly()
              if (early !== '') type(text + early)
            }}
            onChange={(event) => type(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        </label>
        <FinderList id={listId} finder={finder} />
        <p className={styles.spoken} role="status">
          {pending ? '' : t('finder.found', { count: entries.length })}
        </p>
        <ListKeys hint={t('finder.hint')} />
      </Modal.Content>
    </Modal.Root>
  )
}
