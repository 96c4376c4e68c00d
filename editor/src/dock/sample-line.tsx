import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession, useView } from '#editor/canvas/session-context.ts'
import { sameMeaning } from '#editor/model/checker.ts'
import { labelOf } from '#editor/model/session.ts'
import { previewAll } from '#editor/model/session-preview.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { KeptAge } from '#editor/parts/kept-age.tsx'
import { formatNumber } from '#editor/parts/numbers.ts'
import { PinnedNote } from './pinned-note.tsx'
import styles from './dock.module.css'

/** Which step, how many rows, when they were asked for; and asking again. */
export function SampleLine() {
  const { t } = useTranslation()
  const session = useSession()
  const again = useRef<HTMLButtonElement>(null)
  const language = useLanguage()
  const nodeId = useDocument((state) => state.selectedNodes[0])
  const node = useDocument((state) => state.document.nodes.find(({ id }) => id === nodeId))
  const rows = useChecks((state) => (nodeId === undefined ? undefined : mostRows(state.preview?.nodes[nodeId])))
  const keptAt = useChecks((state) => state.preview?.keptAt)
  const cut = useChecks((state) => state.preview?.cut)
  const askedAt = useChecks((state) => state.previewAt)
  const at = keptAt === undefined ? askedAt : Date.parse(keptAt)
  const previewing = useChecks((state) => state.previewing)
  const previewOf = useChecks((state) => state.previewOf)
  // The graph changed since: what is shown belongs to what it was.
  const stale = useDocument((state) => previewOf !== null && !sameMeaning(previewOf, state.document))
  const until = useView((state) => state.until)
  const last = useDocument((state) => state.document.nodes.find(({ id }) => id === until))
  const time =
    at === null ? '' : new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
  return (
    <div className={styles.sample}>
      {stale && !previewing && <b className={styles.stale}>{t('editor.dock.stale')}</b>}
      <PinnedNote onReleased={() => again.current?.focus()} />
      {last !== undefined && (
        <span className={styles.until}>
          {t('editor.dock.until', { label: labelOf(last, session.types, language) })}
          <Button variant="subtle" size="compact-sm" onClick={() => previewAll(session)}>
            {t('editor.dock.untilEnd')}
          </Button>
        </span>
      )}
      {node !== undefined && rows !== undefined && at !== null && (
        <span>{t('editor.dock.sample', { label: labelOf(node, session.types, language), count: rows, time })}</span>
      )}
      {cut?.map(({ connection, name, rows: most }) => (
        <b key={connection} title={t('editor.dock.cutWhy', { name, rows: formatNumber(most, language) })}>
          {t('editor.dock.cut', { rows: formatNumber(most, language) })}
        </b>
      ))}
      {keptAt !== undefined && <KeptAge at={keptAt} />}
      <Button
        ref={again}
        variant="subtle"
        color="gray"
        size="compact-sm"
        loading={previewing}
        leftSection={<IconRefresh size={15} />}
        onClick={session.askAnew}
      >
        {t('editor.dock.again')}
      </Button>
    </div>
  )
}

function mostRows(
  node: { in: Record<string, { rows: unknown[] }>; out: Record<string, { rows: unknown[] }> } | undefined,
): number | undefined {
  if (node === undefined) return undefined
  return Math.max(0, ...[...Object.values(node.in), ...Object.values(node.out)].map(({ rows }) => rows.length))
}
