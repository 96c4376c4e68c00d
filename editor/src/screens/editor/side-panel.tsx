import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument } from '#editor/canvas/session-context.ts'
import { Grip } from './grip.tsx'
import { useRemembered } from './use-remembered.ts'
import styles from './editor-screen.module.css'

/** The right side. With an empty canvas it makes way: there is nothing to set yet. */
export function SidePanel({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const [width, setWidth] = useRemembered<number>('panel.width', window.innerWidth < 1200 ? 320 : 374)
  const empty = useDocument((state) => state.document.nodes.length === 0)
  if (empty) return null
  return (
    <div className={styles.panelPlace} style={{ width: `min(${width}px, 50vw)` }}>
      <Grip way="column" size={width} min={300} max={720} label={t('editor.panel.resize')} onSize={setWidth} />
      {children}
    </div>
  )
}
