import { IconSearch } from '@tabler/icons-react'
import { useCallback, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import rail from '#editor/frame/rail.module.css'
import { latePart } from '#editor/parts/late-part.tsx'
import { laterWords } from '#editor/words/start-words.ts'
import { useEarlyKeys } from './early-keys.ts'
import { useFinderKey } from './use-finder-key.ts'

const FinderDialog = latePart(async () => {
  const [{ FinderDialog: dialog }] = await Promise.all([import('./finder-dialog.tsx'), laterWords()])
  return dialog
})

/** The place in the rail that finds everything, by mouse or `Ctrl K`. What it opens is loaded with its first use. */
export function Finder() {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  // Who closes it goes on where she was.
  const from = useRef<Element | null>(null)
  const open = useCallback(() => {
    from.current = document.activeElement
    // At once: the next letter belongs to the field.
    flushSync(() => setOpened(true))
  }, [])
  const takeEarly = useEarlyKeys(opened)
  const close = () => {
    setOpened(false)
    if (from.current instanceof HTMLElement) from.current.focus()
  }
  useFinderKey(open)
  return (
    <>
      <button
        type="button"
        className={`${rail.place} ${rail.button}`}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        title={t('finder.key')}
        onClick={open}
      >
        <IconSearch size={19} stroke={1.7} aria-hidden />
        <span>{t('finder.open')}</span>
      </button>
      {opened && <FinderDialog takeEarly={takeEarly} onClose={close} onDismiss={close} />}
    </>
  )
}
