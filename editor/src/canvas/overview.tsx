import { MiniMap, type Node } from '@xyflow/react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession } from './session-context.ts'
import styles from './canvas.module.css'

/** The whole picture, small, in the colours of the roles; what is wrong is red. */
export function Overview() {
  const { t } = useTranslation()
  const session = useSession()
  const steps = useDocument((state) => state.document.nodes)
  const problems = useChecks((state) => state.problemsByNode)
  const color = useCallback(
    (node: Node) => {
      if ((problems[node.id] ?? []).some(({ severity }) => severity === 'error')) return 'var(--bad)'
      const step = steps.find(({ id }) => id === node.id)
      return `var(--${(step === undefined ? undefined : session.types.get(step.type)?.role) ?? 'transform'})`
    },
    [session, steps, problems],
  )
  return (
    <div className={styles.overview}>
      <MiniMap
        pannable
        style={{ width: 168, height: 96 }}
        zoomable
        ariaLabel={t('editor.canvas.overview')}
        nodeColor={color}
        nodeBorderRadius={8}
        nodeStrokeWidth={0}
        maskColor="color-mix(in srgb, var(--sunken) 70%, transparent)"
        maskStrokeColor="var(--accent)"
        maskStrokeWidth={4}
      />
    </div>
  )
}
