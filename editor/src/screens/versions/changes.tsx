import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { connectionsQuery } from '#editor/api/connections.ts'
import { listsQuery } from '#editor/api/lists.ts'
import { useNodeTypes } from '#editor/api/workflows.ts'
import type { Comparison, NodeChange } from '#editor/model/compare.ts'
import { labelOf } from '#editor/model/session.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { Tile } from '#editor/parts/tile.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import { Fields, tones } from './fields.tsx'
import { fieldWords, plainText, type FieldWords } from './field-words.ts'
import { MarkDifference } from './mark-difference.tsx'
import { useAboutWords } from './use-about-words.ts'
import styles from './versions.module.css'

interface ChangesProps {
  readonly found: Comparison
  readonly before: WorkflowDocument
  readonly after: WorkflowDocument
}

/** Every change: first what is about the whole workflow, then step by step, then the lines. */
export function Changes({ found, before, after }: ChangesProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const aboutWords = useAboutWords()
  const types = new Map((useNodeTypes().data?.items ?? []).map((type) => [type.type, type]))
  const connections = useQuery(connectionsQuery).data?.items ?? []
  const lists = useQuery(listsQuery).data?.items ?? []
  const named = new Map([...connections, ...lists].map(({ id, name }) => [id, name]))
  const nodes = new Map([...before.nodes, ...after.nodes].map((node) => [node.id, node]))
  const nameOf = (id: string): string => {
    const node = nodes.get(id)
    return node ? labelOf(node, types, language) : id
  }
  return (
    <ul className={styles.changes}>
      {found.about.length > 0 && (
        <li className={styles.change}>
          <h3>{t('versions.about')}</h3>
          <Fields fields={found.about} words={aboutWords} />
        </li>
      )}
      {found.nodes.map((change) => {
        const type = types.get(change.node.type)
        const words = (path: readonly string[]): FieldWords =>
          path.length === 1 && (path[0] === 'label' || path[0] === 'type')
            ? { title: t(`versions.field.${path[0]}`), value: plainText }
            : fieldWords(type?.configSchema, path, { language, connections: named })
        return (
          <li key={`${change.kind} ${change.node.id}`} className={styles.change}>
            <StepHead change={change} type={type} name={nameOf(change.node.id)} />
            {change.fields.length > 0 && <Fields fields={change.fields} words={words} />}
          </li>
        )
      })}
      {found.edges.length > 0 && (
        <li className={styles.change}>
          <h3>{t('versions.lines')}</h3>
          <ul className={styles.fields}>
            {found.edges.map(({ kind, edge }) => (
              <li key={`${kind} ${edge.id}`} className={styles.edge}>
                <Pill tone={tones[kind]}>{t(`versions.kind.${kind}`)}</Pill>
                {t('versions.line', { from: nameOf(edge.source), to: nameOf(edge.target) })}
              </li>
            ))}
          </ul>
        </li>
      )}
      {found.marks.map((change) => (
        <MarkDifference key={`${change.kind} ${change.mark} ${change.id}`} change={change} nameOf={nameOf} />
      ))}
    </ul>
  )
}

function StepHead({ change, type, name }: { change: NodeChange; type: NodeDescriptor | undefined; name: string }) {
  const { t } = useTranslation()
  return (
    <header className={styles.step}>
      <Tile role={type?.role ?? 'transform'} icon={type?.icon ?? ''} size={28} />
      <h3>{name}</h3>
      <Pill tone={tones[change.kind]}>{t(`versions.kind.${change.kind}`)}</Pill>
    </header>
  )
}
