import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
import { inFlowOrder } from '#editor/model/lines.ts'
import { labelOf } from '#editor/model/session.ts'
import { typeOfNode } from '#editor/model/step-type.ts'
import { Tile } from '#editor/parts/tile.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './dock.module.css'

/** What the last run counted at each step. */
export function ResultsTab() {
  const { t } = useTranslation()
  const session = useSession()
  const language = useLanguage()
  const run = useChecks((state) => state.lastRun)
  const document = useDocument((state) => state.document)
  if (run === null) return <p className={styles.quiet}>{t('editor.dock.neverRan')}</p>
  const number = new Intl.NumberFormat(language)
  const steps = inFlowOrder(document).flatMap((id) =>
    document.nodes.filter((node) => node.id === id && run.nodes[id] !== undefined),
  )
  return (
    <div className={styles.results}>
      <Link to="/runs/$id" params={{ id: run.id }} className={styles.runLink}>
        {t('editor.dock.openRun', { number: run.number })}
      </Link>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('editor.dock.step')}</th>
            <th scope="col">{t('editor.dock.cameIn')}</th>
            <th scope="col">{t('editor.dock.wentOut')}</th>
            <th scope="col">{t('editor.dock.statements')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((node) => {
            const type = typeOfNode(session.types, node)
            const counts = run.nodes[node.id]
            const outputs = Object.entries(counts?.out ?? {})
            return (
              <tr key={node.id}>
                <th scope="row">
                  <span className={styles.stepName}>
                    <Tile role={type?.role ?? 'transform'} icon={type?.icon ?? 'puzzle'} size={24} />
                    {labelOf(node, session.types, language)}
                  </span>
                </th>
                <td>{number.format(counts?.in ?? 0)}</td>
                <td>
                  {outputs.map(([port, count]) => (
                    <span key={port}>
                      {outputs.length > 1 &&
                        `${type?.ports.out[port]?.title?.[language] ?? (isOwnWay(port) ? t(`editor.dock.ways.${port}`) : port)} `}
                      <b>{number.format(count)}</b>{' '}
                    </span>
                  ))}
                </td>
                <td>
                  {counts?.statements === undefined
                    ? ''
                    : t('editor.dock.statementCount', {
                        count: counts.statements,
                        ms: number.format(Math.round(counts.databaseMs ?? 0)),
                      })}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** Ways out that every step has beside those of its type. */
function isOwnWay(port: string): port is 'skipped' | 'joined' {
  return port === 'skipped' || port === 'joined'
}
