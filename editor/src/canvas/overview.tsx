import { MiniMap, type Node, useReactFlow } from '@xyflow/react'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { kindsOfSteps, readKinds, stepsInError } from '#editor/model/graph-index.ts'
import { readMark } from '#editor/model/marks.ts'
import { useChecks, useDocument, useSession } from './session-context.ts'
import styles from './canvas.module.css'

/** A wide edge in places of the canvas: the picture is a tenth of it. */
const EDGE = 14

const edgeOf = (node: Node): string => (node.selected === true ? 'var(--ink)' : 'transparent')

/**
 * The whole picture, small: steps in the colours of their roles, what is wrong red, groups and notes behind them, what is selected with an
 * edge. A click goes there, dragging moves the view.
 */
export function Overview() {
  const { t } = useTranslation()
  const session = useSession()
  const { setCenter, getZoom } = useReactFlow()
  const kinds = useDocument((state) => kindsOfSteps(state.document))
  const wrong = useChecks((state) => stepsInError(state.problems))
  const colors = useMemo(() => {
    const roles = readKinds(kinds).map(([id, type]) => [id, session.types.get(type)?.role ?? 'transform'] as const)
    const bad = new Set(wrong.split('\n'))
    return new Map(roles.map(([id, role]) => [id, bad.has(id) ? 'var(--bad)' : `var(--${role})`]))
  }, [session, kinds, wrong])
  const color = useCallback(
    (node: Node) => {
      const mark = readMark(node.id)
      if (mark !== null) return mark.kind === 'group' ? 'var(--line)' : 'color-mix(in srgb, var(--warn) 45%, var(--surface))'
      return colors.get(node.id) ?? 'var(--transform)'
    },
    [colors],
  )
  const go = useCallback(
    (_event: React.MouseEvent, { x, y }: { x: number; y: number }) => void setCenter(x, y, { zoom: getZoom(), duration: 150 }),
    [setCenter, getZoom],
  )
  return (
    <div className={styles.overview}>
      <MiniMap
        pannable
        zoomable
        style={{ width: 168, height: 96 }}
        ariaLabel={t('editor.canvas.overview')}
        onClick={go}
        nodeColor={color}
        nodeStrokeColor={edgeOf}
        nodeStrokeWidth={EDGE}
        nodeBorderRadius={8}
        maskColor="color-mix(in srgb, var(--sunken) 70%, transparent)"
        maskStrokeColor="var(--accent)"
        maskStrokeWidth={4}
      />
    </div>
  )
}
