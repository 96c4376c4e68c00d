import { ActionIcon } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession, useView } from '#editor/canvas/session-context.ts'
import type { DockTab } from '#editor/model/view-store.ts'
import { ProblemsTab } from './problems-tab.tsx'
import { ResultsTab } from './results-tab.tsx'
import { RowsTab } from './rows-tab.tsx'
import { SampleLine } from './sample-line.tsx'
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
  const empty = useDocument((state) => state.document.nodes.length === 0)
  const errors = useChecks((state) => (empty ? 0 : state.problems.filter(({ severity }) => severity === 'error').length))
  const others = useChecks((state) => (empty ? 0 : state.problems.length)) - errors
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
