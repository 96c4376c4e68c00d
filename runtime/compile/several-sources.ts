import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Finding } from './finding.ts'
import type { GraphNode } from './graph-nodes.ts'

type Parts = Pick<WorkflowDocument, 'edges'> & { readonly nodes: ReadonlyMap<string, GraphNode> }

/**
 * Several lists in one workflow come together in a merge that appends them: there, and nowhere else, is looked who is on two of them.
 * Each list but the first must meet an earlier one.
 */
export function severalSourcesFindings(sources: readonly GraphNode[], { nodes, edges }: Parts): Finding[] {
  if (sources.length < 2) return []
  const outOf = Map.groupBy(edges, ({ source }) => source)
  const reached = sources.map(({ id }) => {
    const found = new Set([id])
    // The set grows while it is walked.
    for (const at of found) for (const { target } of outOf.get(at) ?? []) found.add(target)
    return { id, found }
  })
  const merges = [...nodes.values()].flatMap(({ id, registered, source }) => {
    const isMerge = Object.values(registered?.ports.in ?? {}).some(({ many }) => many)
    const lists = reached.filter(({ found }) => found.has(id))
    if (!isMerge || lists.length < 2) return []
    // What would append them is asked of the step itself: a plugin's merge may say it in other words.
    const canAppend = registered?.type.merges?.({ ...source.config, ...APPEND } as never) === 'append'
    return [{ id, lists: lists.map((one) => one.id), scope: registered?.type.scope, canAppend }]
  })
  const met = new Set(merges.flatMap(({ lists }) => lists))
  const alone = sources
    .slice(1)
    .filter(({ id }) => !met.has(id))
    .map(({ id, name }): Finding => ({ code: 'several-sources', nodeId: id, fields: { node: name } }))
  return [...alone, ...unionsOfLists(merges, edges)]
}

interface Meeting {
  readonly id: string
  readonly lists: readonly string[]
  readonly scope: 'row' | 'audience' | undefined
  readonly canAppend: boolean
}

const APPEND = { mode: 'append' }

/** A union of different lists: nobody would look for people who are on both. Behind one that appends them there are no two lists any more. */
function unionsOfLists(merges: readonly Meeting[], edges: WorkflowDocument['edges']): Finding[] {
  const appended = new Set(merges.filter(({ scope }) => scope === 'audience').map(({ id }) => id))
  const into = Map.groupBy(edges, ({ target }) => target)
  return merges
    .filter(({ id, scope, lists }) => scope === 'row' && listsInto(id, { into, appended, lists: new Set(lists) }) > 1)
    .map(({ id, canAppend }) => ({
      code: 'merge-several-lists',
      nodeId: id,
      ...(canAppend && {
        fix: { title: { en: 'Append the lists', ko: '목록 이어 붙이기로 바꾸기' }, nodeId: id, config: APPEND },
      }),
    }))
}

/** How many lists come to a merge, those that were appended before counted as one. */
function listsInto(
  id: string,
  {
    into,
    appended,
    lists,
  }: { into: Map<string, WorkflowDocument['edges']>; appended: ReadonlySet<string>; lists: ReadonlySet<string> },
): number {
  const above = new Set((into.get(id) ?? []).map(({ source }) => source))
  for (const one of above)
    if (!appended.has(one) && !lists.has(one)) for (const { source } of into.get(one) ?? []) above.add(source)
  return [...above].filter((one) => appended.has(one) || lists.has(one)).length
}
