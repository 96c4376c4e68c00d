import { Button } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle, IconLayoutDistributeHorizontal, IconPlus } from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '#editor/parts/key-hint.tsx'
import { tidy } from '#editor/model/session.ts'
import { useChecks, useSession } from './session-context.ts'
import styles from './canvas.module.css'

/** Over the canvas: add a step, tidy up, and how many things stand in the way of publishing. */
export function CanvasBar() {
  const { t } = useTranslation()
  const session = useSession()
  const { fitView } = useReactFlow()
  const tidyUp = () => {
    tidy(session)
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
      <Button variant="default" leftSection={<IconLayoutDistributeHorizontal size={16} />} onClick={tidyUp}>
        {t('editor.canvas.tidy')}
      </Button>
      <span className={styles.spacer} />
      <ProblemButton />
    </div>
  )
}

function ProblemButton() {
  const { t } = useTranslation()
  const session = useSession()
  const errors = useChecks((state) => state.problems.filter(({ severity }) => severity === 'error').length)
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
