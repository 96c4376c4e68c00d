import { ActionIcon } from '@mantine/core'
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { useReactFlow, useStore } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import styles from './canvas.module.css'

const fit = { padding: 0.12, maxZoom: 1, duration: 200 } as const

/** Minus, percent (a click goes back to 100 %), plus, and the whole picture. */
export function ZoomControl() {
  const { t } = useTranslation()
  const { zoomIn, zoomOut, zoomTo, fitView } = useReactFlow()
  const percent = useStore((state) => Math.round(state.transform[2] * 100))
  return (
    <div className={styles.zoom} role="group" aria-label={t('editor.canvas.zoom')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={t('editor.canvas.zoomOut')}
        onClick={() => void zoomOut({ duration: 120 })}
      >
        <IconMinus size={16} />
      </ActionIcon>
      <button
        type="button"
        className={styles.percent}
        title={t('editor.canvas.zoomReset')}
        onClick={() => void zoomTo(1, { duration: 120 })}
      >
        {percent}%
      </button>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={t('editor.canvas.zoomIn')}
        onClick={() => void zoomIn({ duration: 120 })}
      >
        <IconPlus size={16} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={t('editor.canvas.zoomFit')}
        onClick={() => void fitView(fit)}
      >
        <IconMaximize size={16} />
      </ActionIcon>
    </div>
  )
}
