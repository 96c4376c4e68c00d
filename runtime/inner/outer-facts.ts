import type { Column } from '#schemas/column.ts'
import type { Localized } from '#schemas/localized.ts'
import type { PreviewNode, PreviewRows } from '#schemas/preview.ts'
import { isWithin, PART_ENTRY, PART_EXIT, PART_PORT } from '#schemas/sub-workflow.ts'
import type { Graph } from '#runtime/compile/graph.ts'
import type { Walk } from '#runtime/compile/walk.ts'
import type { Unfolded } from './unfold.ts'

type PortColumns = Record<string, readonly Column[]>

const eachStep = <Facts>({ steps }: Graph, read: (step: Unfolded, id: string) => Facts | undefined): Record<string, Facts> =>
  Object.fromEntries(
    [...steps].flatMap(([id, step]): [string, Facts][] => {
      const facts = read(step, id)
      return facts === undefined ? [] : [[id, facts]]
    }),
  )

/** The columns at the ports of the steps that are workflows: those of their first and last inner steps. */
export function outerColumns(
  graph: Graph,
  { columns }: Pick<Walk, 'columns'>,
): Record<string, { in: PortColumns; out: PortColumns }> {
  return eachStep(graph, ({ entry, exits }) => {
    const into = columns[entry]?.in[PART_PORT]
    const out = [...exits].flatMap(([port, id]): [string, readonly Column[]][] => {
      const found = columns[id]?.out[PART_PORT]
      return found ? [[port, found]] : []
    })
    return { in: into ? { [PART_PORT]: into } : {}, out: Object.fromEntries(out) }
  })
}

/** Steps that a line names before it says that there are more. */
const MOST_NAMED = 5

/** One line for each such step: the workflow in it, and what it does. */
export function outerSummaries(graph: Graph): Record<string, Localized> {
  return eachStep(graph, ({ node, inner, ref }, id) => {
    const names = innerSteps(graph, id)
    const chain = (language: keyof Localized): string =>
      [...names.slice(0, MOST_NAMED).map((name) => name[language]), ...(names.length > MOST_NAMED ? ['…'] : [])].join(' → ')
    // A step without a name of its own is called like the workflow.
    const name = node.label?.trim() ? inner.name : ''
    const line = (language: keyof Localized, version: string): string =>
      [name, version, chain(language)].filter((part) => part !== '').join(' · ')
    return { en: line('en', `v${ref.version}`), ko: line('ko', `버전 ${ref.version}`) }
  })
}

/** Names of the steps right inside one, in the order in which people walk through them. */
function innerSteps({ order, nodes, steps }: Graph, outer: string): Localized[] {
  const names = new Map<string, Localized>()
  for (const id of order) {
    if (!isWithin(id, outer)) continue
    const at = child(id, outer)
    const node = nodes.get(at)
    const nested = steps.get(at)?.inner.name
    const isBorder = node?.source.type === PART_ENTRY || node?.source.type === PART_EXIT
    if (!isBorder && !names.has(at))
      names.set(at, nested === undefined ? (node?.name ?? { en: at, ko: at }) : { en: nested, ko: nested })
  }
  return [...names.values()]
}

/** The step right inside `outer` that an inner id is, or stands in. */
function child(id: string, outer: string): string {
  const end = id.indexOf('/', outer.length + 1)
  return end < 0 ? id : id.slice(0, end)
}

/** What a preview saw at the steps that are workflows: who came in and went out, and all who were left out on the way. */
export function outerRows(graph: Graph, nodes: Readonly<Record<string, PreviewNode>>): Record<string, PreviewNode> {
  return eachStep(graph, ({ entry, exits }, id) => {
    const inner = Object.entries(nodes).flatMap(([at, node]) => (isWithin(at, id) ? [node] : []))
    const into = nodes[entry]?.in[PART_PORT]
    if (!into) return undefined
    const out = [...exits].flatMap(([port, at]): [string, PreviewRows][] => {
      const rows = nodes[at]?.out[PART_PORT]
      return rows ? [[port, rows]] : []
    })
    const sum = (read: (node: PreviewNode) => number): number => inner.reduce((total, node) => total + read(node), 0)
    return {
      in: { [PART_PORT]: into },
      out: Object.fromEntries(out),
      failed: inner.flatMap(({ failed }) => failed),
      skipped: inner.flatMap(({ skipped }) => skipped),
      tookMs: sum(({ tookMs }) => tookMs),
      statements: sum(({ statements }) => statements),
    }
  })
}
