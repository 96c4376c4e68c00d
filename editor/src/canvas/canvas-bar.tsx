import { Button } from '@mantine/core'
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconLayoutDistributeHorizontal,
  IconListTree,
  IconNote,
  IconNumber123,
  IconPlus,
} from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '#editor/parts/key-hint.tsx'
import { useFoldKeys } from '#editor/fold/use-fold-keys.ts'
import { useFold, useFolding } from '#editor/fold/use-folding.ts'
import { tidy } from '#editor/model/session-arrange.ts'
import { addNote } from '#editor/model/session-marks.ts'
import { usePlaces } from './use-places.ts'
import { useChecks, useSession, useView } from './session-context.ts'
import styles from './canvas.module.css'

/** Over the canvas: add a step, tidy up, and how many things stand in the way of publishing. */
export function CanvasBar() {
  const { t } = useTranslation()
  const session = useSession()
  const { fitView } = useReactFlow()
  const places = usePlaces()
  const outline = useView((state) => state.outline)
  const tidyUp = () => {
    const whole = session.document.getState().selectedNodes.length < 2
    tidy(session)
    if (!whole) return
    // After the cards stand at their new places.
    setTimeout(() => void fitView({ padding: 0.12, maxZoom: 1, duration: 200 }), 60)
  }
  return (
    <div className={styles.bar}>
      <Button
        variant="default"
        leftSection={<IconPlus size={16} />}
        rightSection={<KeyHint>N</KeyHint>}
        onClick={() => session.view.getState().openPalette()}
      >
        {t('editor.canvas.addStep')}
      </Button>
      {!outline && (
        <>
          <Button
            variant="default"
            leftSection={<IconNote size={16} />}
            onClick={() => session.view.getState().set({ writing: addNote(session, places.middle()) })}
          >
            {t('marks.addNote')}
          </Button>
          <Button variant="default" leftSection={<IconLayoutDistributeHorizontal size={16} />} onClick={tidyUp}>
            {t('editor.canvas.tidy')}
          </Button>
        </>
      )}
      <Button
        variant={outline ? 'light' : 'default'}
        aria-pressed={outline}
        title={`${t('outline.showHelp')} (O)`}
        leftSection={<IconListTree size={16} />}
        rightSection={<KeyHint>O</KeyHint>}
        onClick={() => session.view.getState().toggleOutline()}
      >
        {t('outline.show')}
      </Button>
      <FoldButton />
      <span className={styles.spacer} />
      <ProblemButton />
    </div>
  )
}

/** Only where the graph is a plain line: nothing else has three plain steps. */
function FoldButton() {
  const { t } = useTranslation()
  const { fold } = useFolding()
  const folds = useFold() !== null
  useFoldKeys(folds ? { toggle: fold } : {})
  if (!folds) return null
  return (
    <Button variant="default" leftSection={<IconNumber123 size={16} />} rightSection={<KeyHint>F</KeyHint>} onClick={fold}>
      {t('fold.fold')}
    </Button>
  )
}

function ProblemButton() {
  const { t } = useTranslation()
  const session = useSession()
  // An empty canvas invites; it is nothing that somebody did wrong.
  const errors = useChecks(
    (state) => state.problems.filter(({ severity, code }) => severity === 'error' && code !== 'empty-workflow').length,
  )
  const warnings = useChecks((state) => state.problems.filter(({ severity }) => severity === 'warning').length)
  if (errors === 0 && warnings === 0) return null
  return (
    <button
      type="button"
      className={styles.fix}
      data-worst={errors > 0 ? 'error' : 'warning'}
      onClick={() => session.view.getState().set({ dockTab: 'problems' })}
    >
      {errors > 0 ? <IconAlertCircle size={16} aria-hidden /> : <IconAlertTriangle size={16} aria-hidden />}
      {errors > 0 ? t('editor.canvas.toFix', { count: errors }) : t('editor.canvas.toLookAt', { count: warnings })}
    </button>
  )
}
