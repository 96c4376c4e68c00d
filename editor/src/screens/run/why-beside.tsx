import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SplitPane } from '#editor/parts/split-pane.tsx'
import styles from './why-panel.module.css'

interface WhyBesideProps {
  /** The "why" of one message; null: none is open. */
  readonly panel: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A list of messages with the "why" of one of them beside it, or over it where there is little room. Escape closes it. */
export function WhyBeside({ panel, onClose, children }: WhyBesideProps) {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false })
  if (!narrow) {
    return (
      <div
        className={styles.beside}
        onKeyDown={(event) => {
          if (panel !== null && event.key === 'Escape' && !event.defaultPrevented) onClose()
        }}
      >
        <SplitPane name="run-why" side={panel} initial={420} least={320} most={640}>
          {children}
        </SplitPane>
      </div>
    )
  }
  return (
    <>
      {children}
      {/* Put together by hand: the name belongs to the dialog, not to the box around it. */}
      <Drawer.Root opened={panel !== null} onClose={onClose} position="right" size="100%" padding={0}>
        <Drawer.Overlay />
        <Drawer.Content aria-label={t('run.why.name')}>
          <Drawer.Body>{panel}</Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </>
  )
}
