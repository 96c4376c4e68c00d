import { useNodesInitialized } from '@xyflow/react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useArrival } from '#editor/fold/use-arrival.ts'
import { ArrangeBar } from './arrange-bar.tsx'
import { CanvasBar } from './canvas-bar.tsx'
import { EditorFlow } from './editor-flow.tsx'
import { FirstHints } from './first-hints.tsx'
import { KeyHelp } from './key-help.tsx'
import { Overview } from './overview.tsx'
import { Palette } from './palette.tsx'
import { Announcer } from '#editor/outline/announcer.tsx'
import { LinkDialog } from '#editor/outline/link-dialog.tsx'
import { Outline } from '#editor/outline/outline.tsx'
import { useDocument, useView } from './session-context.ts'
import { useCanvasKeys } from './use-canvas-keys.ts'
import { useClipboard } from './use-clipboard.ts'
import { useDropping } from './use-dropping.ts'
import { useStepsOfFile } from './use-steps-of-file.tsx'
import { ZoomControl } from './zoom-control.tsx'
import styles from './canvas.module.css'

/** The draft as a picture that can be worked on. Must stand in a ReactFlowProvider and an open session. */
export function EditorCanvas() {
  const { t } = useTranslation()
  const canvas = useRef<HTMLElement>(null)
  useArrival(useNodesInitialized(), canvas)
  const { add, faults } = useStepsOfFile()
  const dropping = useDropping(add)
  const outline = useView((state) => state.outline)
  const empty = useDocument((state) => state.document.nodes.length === 0)
  const intoLine = useView((state) => state.hoveredEdge !== null)
  useCanvasKeys()
  useClipboard()
  return (
    <section
      ref={canvas}
      tabIndex={-1}
      className={styles.canvas}
      data-into-line={intoLine}
      aria-label={t('editor.canvas.name')}
      {...dropping}
    >
      {outline ? <Outline /> : <EditorFlow />}
      <CanvasBar />
      {!outline && <ArrangeBar />}
      {!outline && <ZoomControl />}
      {!outline && !empty && <Overview />}
      {!outline && empty && <FirstHints />}
      <Palette />
      <LinkDialog />
      <KeyHelp />
      {faults}
      <Announcer />
    </section>
  )
}
