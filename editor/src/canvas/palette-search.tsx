import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import pick from '#editor/parts/pick-list.module.css'
import styles from './palette.module.css'

interface PaletteSearchProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly found: number
  readonly listId: string
  readonly activeId: string
}

/** The search field of the palette; it has the focus, the list below follows its arrow keys. */
export function PaletteSearch({ value, onChange, found, listId, activeId }: PaletteSearchProps) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus({ preventScroll: true }), [])
  return (
    <label className={`${pick.search} ${styles.search}`}>
      <IconSearch size={17} aria-hidden />
      <input
        ref={input}
        value={value}
        placeholder={t('editor.palette.placeholder')}
        aria-label={t('editor.palette.placeholder')}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={activeId}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {value !== '' && <span aria-live="polite">{t('editor.palette.found', { count: found })}</span>}
    </label>
  )
}
