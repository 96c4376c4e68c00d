import { Button } from '@mantine/core'
import { IconPin } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useChecks } from '#editor/canvas/session-context.ts'
import type { PinChoice } from './use-pin-choice.ts'
import styles from './dock.module.css'

interface PinBarProps extends PinChoice {
  readonly nodeId: string
  /** Where the focus goes when the button that had it is gone. */
  readonly onDone: () => void
}

/** Over the rows of a source: choosing some of them that previews show from now on. */
export function PinBar({ nodeId, choice, begin, end, pin, pinning, onDone }: PinBarProps) {
  const { t } = useTranslation()
  const pinned = useChecks((state) => state.preview?.samples?.[nodeId])
  if (pinned !== undefined && !pinned.stale) return null
  if (choice === null)
    return (
      <div className={styles.pinBar}>
        <Button variant="default" size="compact-sm" leftSection={<IconPin size={15} aria-hidden />} onClick={begin}>
          {pinned === undefined ? t('editor.pin.begin') : t('editor.pin.anew')}
        </Button>
        <span>{pinned === undefined ? t('editor.pin.help') : t('editor.pin.staleHelp')}</span>
      </div>
    )
  const done = (act: () => void) => () => {
    act()
    onDone()
  }
  return (
    <div className={styles.pinBar}>
      <Button size="compact-sm" disabled={choice.chosen.size === 0} loading={pinning} onClick={done(pin)}>
        {t('editor.pin.these', { count: choice.chosen.size })}
      </Button>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={done(end)}>
        {t('editor.pin.cancel')}
      </Button>
      <span>{t('editor.pin.choose')}</span>
    </div>
  )
}
