import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { FactText } from '#editor/canvas/fact-text.tsx'
import { useDocument, useSession } from '#editor/canvas/session-context.ts'
import { usePinned } from '#editor/canvas/use-pinned.ts'
import { useStep } from '#editor/canvas/use-step.ts'
import { nodeById } from '#editor/model/graph-index.ts'
import type { OutlineRow } from '#editor/model/outline.ts'
import { labelOf } from '#editor/model/session.ts'
import { typeOfNode } from '#editor/model/step-type.ts'
import { Tile } from '#editor/parts/tile.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './outline.module.css'

interface OutlineStepProps {
  readonly row: OutlineRow
  readonly selected: boolean
  /** Tab comes to this row; arrows lead to the others. */
  readonly reachable: boolean
}

/** One line of the list: what the step is called, what it does, what is known and wrong, and where it leads. */
export const OutlineStep = memo(function OutlineStep({ row, selected, reachable }: OutlineStepProps) {
  const { t } = useTranslation()
  const step = useStep(row.id)
  const onward = useOnward(row.id)
  const pinned = usePinned(row.id)
  const inGroup = useGroupOf(row.id)
  if (step === null) return null
  const loose = step.used.in.length === 0 && Object.keys(step.type?.ports.in ?? {}).length > 0
  return (
    <div
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.of}
      aria-selected={selected}
      tabIndex={reachable ? 0 : -1}
      data-row={row.id}
      className={styles.row}
      style={{ marginInlineStart: Math.min(row.level - 1, 6) * 28 }}
    >
      <Tile role={step.type?.role ?? 'transform'} icon={step.type?.icon ?? 'puzzle'} size={31} />
      <span className={styles.words}>
        <b>{step.title}</b>
        {step.line !== '' && step.line !== step.title && <span>{step.line}</span>}
        <span>{[loose ? t('outline.loose') : null, inGroup, onward].filter((said) => said !== null).join(' · ')}</span>
      </span>
      <span className={styles.facts}>
        {pinned !== null && <span>{pinned}</span>}
        {step.facts.map((fact) => (
          <FactText key={fact.word} fact={fact} />
        ))}
        {step.problems !== null && (
          <span className={styles.problems} data-worst={step.problems.worst}>
            {t('editor.problems.count', { count: step.problems.count })}
          </span>
        )}
      </span>
    </div>
  )
})

/** The group that it is in, in words; null: it is in none. */
function useGroupOf(id: string): string | null {
  const { t } = useTranslation()
  const title = useDocument((state) => state.document.groups?.find(({ steps }) => steps.includes(id))?.title)
  if (title === undefined) return null
  return title.trim() === '' ? t('marks.noTitle') : t('marks.inGroup', { title })
}

/** Where it leads, in words; of several named outputs each with its own. */
function useOnward(id: string): string {
  const { t } = useTranslation()
  const { types } = useSession()
  const language = useLanguage()
  return useDocument(({ document }) => {
    const type = typeOfNode(types, nodeById(document, id))
    const byPort = new Map<string, string[]>()
    for (const { source, sourcePort, target } of document.edges) {
      const node = source === id ? nodeById(document, target) : undefined
      if (node !== undefined) byPort.set(sourcePort, [...(byPort.get(sourcePort) ?? []), labelOf(node, types, language)])
    }
    if (byPort.size === 0) return t('outline.last')
    const named = Object.keys(type?.ports.out ?? {}).filter((port) => port !== 'failed' || byPort.has(port)).length > 1
    return [...byPort]
      .map(([port, names]) =>
        named
          ? t('outline.nextBy', { port: type?.ports.out[port]?.title?.[language] ?? port, names: names.join(', ') })
          : t('outline.next', { names: names.join(', ') }),
      )
      .join(' · ')
  })
}
