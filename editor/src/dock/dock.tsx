import { ActionIcon, Button } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession, useView } from '#editor/canvas/session-context.ts'
import { sameMeaning } from '#editor/model/checker.ts'
import { labelOf } from '#editor/model/session.ts'
import type { DockTab } from '#editor/model/view-store.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { ProblemsTab } from './problems-tab.tsx'
import { ResultsTab } from './results-tab.tsx'
import { RowsTab } from './rows-tab.tsx'
import styles from './dock.module.css'

const tabs = ['rows', 'results', 'problems'] as const satisfies readonly DockTab[]

interface DockProps {
  readonly folded: boolean
  readonly onFold: (folded: boolean) => void
}

/** Under the canvas: the rows at the selected step, what the last run did, what is wrong. */
export function Dock({ folded, onFold }: DockProps) {
  const { t } = useTranslation()
  const session = useSession()
  const tab = useView((state) => state.dockTab)
  const errors = useChecks((state) => state.problems.filter(({ severity }) => severity === 'error').length)
  const others = useChecks((state) => state.problems.length) - errors
  const choose = (next: DockTab) => {
    session.view.getState().set({ dockTab: next })
    if (folded) onFold(false)
  }
  return (
    <section className={styles.dock} aria-label={t('editor.dock.name')}>
      <div className={styles.tabs}>
        <div role="tablist" aria-label={t('editor.dock.name')} className={styles.tabList}>
          {tabs.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`dock-${one}`}
              aria-selected={tab === one}
              aria-controls="dock-content"
              className={styles.tab}
              onClick={() => choose(one)}
            >
              {t(`editor.dock.${one}`)}
              {one === 'problems' && errors + others > 0 && (
                <span className={styles.count} data-worst={errors > 0 ? 'error' : 'warning'}>
                  {errors > 0 ? errors : others}
                </span>
              )}
            </button>
          ))}
        </div>
        <SampleLine />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={folded ? t('editor.dock.unfold') : t('editor.dock.fold')}
          aria-expanded={!folded}
          onClick={() => onFold(!folded)}
        >
          {folded ? <IconChevronUp size={16} /> : <IconChevronDown size={16} />}
        </ActionIcon>
      </div>
      {!folded && (
        <div id="dock-content" role="tabpanel" aria-labelledby={`dock-${tab}`} className={styles.content}>
          {tab === 'rows' && <RowsTab />}
          {tab === 'results' && <ResultsTab />}
          {tab === 'problems' && <ProblemsTab />}
        </div>
      )}
    </section>
  )
}

/** Which step, how many rows, when they were asked for; and asking again. */
function SampleLine() {
  const { t } = useTranslation()
  const session = useSession()
  const language = useLanguage()
  const nodeId = useDocument((state) => state.selectedNodes[0])
  const node = useDocument((state) => state.document.nodes.find(({ id }) => id === nodeId))
  const rows = useChecks((state) => (nodeId === undefined ? undefined : mostRows(state.preview?.nodes[nodeId])))
  const at = useChecks((state) => state.previewAt)
  const previewing = useChecks((state) => state.previewing)
  const previewOf = useChecks((state) => state.previewOf)
  // The graph changed since: what is shown belongs to what it was.
  const stale = useDocument((state) => previewOf !== null && !sameMeaning(previewOf, state.document))
  const time =
    at === null ? '' : new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
  return (
    <div className={styles.sample}>
      {stale && !previewing && <b className={styles.stale}>{t('editor.dock.stale')}</b>}
      {node !== undefined && rows !== undefined && at !== null && (
        <span>{t('editor.dock.sample', { label: labelOf(node, session.types, language), count: rows, time })}</span>
      )}
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        loading={previewing}
        leftSection={<IconRefresh size={15} />}
        onClick={session.refreshPreview}
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
