import { VisuallyHidden } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import { useSession } from '#editor/canvas/session-context.ts'
import { type News, newsSince, type Told } from '#editor/model/announce.ts'
import { nodeById } from '#editor/model/graph-index.ts'
import { type EditorSession, labelOf } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'

/** Milliseconds of quiet before something is said: what changes in one go is said in one go. */
const QUIET = 700

const toldNow = ({ document, checks }: EditorSession): Told => {
  const { checking, problemsByNode, summaries } = checks.getState()
  // Judged once there are lines of steps; while it is being judged anew the old findings say nothing.
  const judged = !checking && Object.keys(summaries).length > 0
  return { document: document.getState().document, problems: judged ? problemsByNode : null }
}

/** Says to screen readers, politely, what changed in the graph and what is wrong with it now. Nothing of it is seen. */
export function Announcer() {
  const session = useSession()
  const { t } = useTranslation()
  const language = useLanguage()
  const [said, setSaid] = useState('')
  useEffect(() => {
    let told = toldNow(session)
    // Steps by the name they last had: who renames one and removes it at once hears the new name.
    const last = new Map<string, WorkflowNode>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = () => {
      const now = toldNow(session)
      const label = (node: WorkflowNode) => labelOf(last.get(node.id) ?? node, session.types, language)
      const sentences = sentencesOf(newsSince(told, now), { t, label, before: told.document, now: now.document })
      // Findings that are on their way are compared with the last ones that were told.
      told = { document: now.document, problems: now.problems ?? told.problems }
      last.clear()
      if (sentences.length > 0) setSaid(sentences.join(' '))
    }
    const soon = () => {
      clearTimeout(timer)
      timer = setTimeout(tell, QUIET)
    }
    const changed = (state: { document: WorkflowDocument }, before: { document: WorkflowDocument }) => {
      if (state.document !== before.document) for (const node of before.document.nodes) last.set(node.id, node)
      for (const node of state.document.nodes) last.set(node.id, node)
      soon()
    }
    const judged = () => {
      // The first findings are where news are counted from, however soon somebody goes on working.
      if (told.problems === null && told.document === session.document.getState().document) told = toldNow(session)
      soon()
    }
    const stops = [session.document.subscribe(changed), session.checks.subscribe(judged)]
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [session, t, language])
  return <VisuallyHidden role="status">{said}</VisuallyHidden>
}

interface Telling {
  readonly t: TFunction
  readonly label: (node: WorkflowNode) => string
  readonly before: WorkflowDocument
  readonly now: WorkflowDocument
}

/** One sentence for each kind of news: names where there is one, else how many. */
function sentencesOf(news: News, { t, label, before, now }: Telling): string[] {
  const nameIn = (document: WorkflowDocument, id: string) => {
    const node = nodeById(document, id)
    return node === undefined ? id : label(node)
  }
  const each = <Item,>(items: readonly Item[], one: (item: Item) => string, many: (count: number) => string): string[] => {
    const [first] = items
    return first === undefined ? [] : [items.length === 1 ? one(first) : many(items.length)]
  }
  return [
    ...each(
      news.added,
      (node) => t('outline.said.added', { label: label(node) }),
      (count) => t('outline.said.addedMany', { count }),
    ),
    ...each(
      news.removed,
      (node) => t('outline.said.removed', { label: label(node) }),
      (count) => t('outline.said.removedMany', { count }),
    ),
    ...each(
      news.cut,
      ({ source, target }) => t('outline.said.cut', { from: nameIn(before, source), to: nameIn(before, target) }),
      (count) => t('outline.said.cutMany', { count }),
    ),
    ...each(
      news.joined,
      ({ source, target }) => t('outline.said.joined', { from: nameIn(now, source), to: nameIn(now, target) }),
      (count) => t('outline.said.joinedMany', { count }),
    ),
    ...each(
      news.wrong,
      ({ node, count }) => t('outline.said.problem', { label: label(node), count }),
      (count) => t('outline.said.problemMany', { count }),
    ),
    ...each(
      news.mended,
      (node) => t('outline.said.mended', { label: label(node) }),
      (count) => t('outline.said.mendedMany', { count }),
    ),
  ]
}
