import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '#editor/canvas/session-context.ts'
import { Dock } from '#editor/dock/dock.tsx'
import { Grip } from './grip.tsx'
import { useRemembered } from './use-remembered.ts'
import styles from './editor-screen.module.css'

const FOLDED = 39

/** The canvas with the dock under it. */
export function DockedCanvas({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const session = useSession()
  const [height, setHeight] = useRemembered<number>('dock.height', 270)
  const [folded, setFolded] = useRemembered<boolean>('dock.folded', false)
  useEffect(
    // Whoever asks for the problems wants to see them.
    () => session.view.subscribe((state, before) => state.dockTab !== before.dockTab && setFolded(false)),
    [session, setFolded],
  )
  return (
    <div className={styles.canvasColumn}>
      <div className={styles.canvasPlace}>{children}</div>
      <div className={styles.dockPlace} style={{ height: folded ? FOLDED : height }}>
        {!folded && <Grip way="row" size={height} min={120} max={560} label={t('editor.dock.resize')} onSize={setHeight} />}
        <Dock folded={folded} onFold={setFolded} />
      </div>
    </div>
  )
}
