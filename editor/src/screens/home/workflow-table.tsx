import { VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { WorkflowItem } from '#schemas/api/workflows.ts'
import { FlowChain } from './flow-chain.tsx'
import { RunBars } from './run-bars.tsx'
import { RowMenu } from './workflow-menu.tsx'
import { LastRun, NextRun } from './workflow-results.tsx'
import { WorkflowState } from './workflow-state.tsx'
import styles from './workflow-table.module.css'

/** The workflows; each row is a link to its editor, with its switch, last run and menu above it. */
export function WorkflowTable({ items }: { items: readonly WorkflowItem[] }) {
  const { t } = useTranslation()
  return (
    <div className={styles.card}>
      <table className={styles.table} aria-label={t('home.list')}>
        <thead>
          <tr>
            {(['name', 'flow', 'state', 'next', 'last', 'recent'] as const).map((key) => (
              <th key={key} scope="col">
                {t(`home.column.${key}`)}
              </th>
            ))}
            <th scope="col">
              <VisuallyHidden>{t('home.column.menu')}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row" className={styles.name}>
                <Link to="/workflows/$id" params={{ id: item.id }} className={styles.link}>
                  {item.name}
                </Link>
              </th>
              <td className={styles.flow}>
                <FlowChain chain={item.chain} />
              </td>
              <td>
                <WorkflowState item={item} />
              </td>
              <td>
                <NextRun item={item} />
              </td>
              <td>
                <LastRun run={item.lastRun} />
              </td>
              <td>
                <RunBars recent={item.recent} />
              </td>
              <td className={styles.menu}>
                <RowMenu item={item} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
