import type { Column } from '#schemas/column.ts'
import type { Fix } from '#schemas/problem.ts'
import type { Finding } from './finding.ts'
import { otherName } from './fix-statement.ts'
import type { Graph } from './graph.ts'
import type { KnownFacts } from './known.ts'
import { fieldsWithWidget } from './schema-text.ts'
import { similarColumns } from './similar.ts'
import type { Walk } from './walk.ts'

/** Adds to a finding the change that mends it, where one is known: the column that looks most like the one that is missing. */
export function withFix(finding: Finding, { graph, walk, known }: { graph: Graph; walk: Walk; known: KnownFacts }): Finding {
  if (finding.fix || finding.nodeId === undefined) return finding
  if (finding.code === 'sql-column-like' || finding.code === 'sql-table-like') {
    const fix = otherName(finding, { graph, known }) ?? likeInstead(finding, graph)
    return fix ? { ...finding, fix } : finding
  }
  const fix =
    finding.code === 'unknown-column' || finding.code === 'part-column-missing'
      ? otherColumn(finding, { graph, walk })
      : finding.code === 'variable-not-mapped'
        ? mapVariable(finding, { graph, walk })
        : null
  return fix ? { ...finding, fix } : finding
}

/** A name that stands alone in the config, in a query that was put together without SQL: the one that looks like it takes its place. */
function likeInstead({ nodeId = '', field, fields = {}, code }: Finding, graph: Graph): Fix | null {
  const node = graph.nodes.get(nodeId)
  const { similar, column, table } = fields
  const path = field?.split('/') ?? []
  const isColumn = code === 'sql-column-like'
  if (!node || typeof similar !== 'string' || valueAt(node.source.config, path) !== (isColumn ? column : table)) return null
  const config = changed(node.source.config, path, similar)
  const title = isColumn ? titleFor({ name: similar, type: 'text' }) : { en: `Use "${similar}"`, ko: `‘${similar}’ 표 쓰기` }
  return config && { title, nodeId, config }
}

function columnsInto(nodeId: string, walk: Walk): readonly Column[] {
  return Object.values(walk.inputsOf(nodeId) ?? {}).flat()
}

function best(name: unknown, columns: readonly Column[]): Column | null {
  return typeof name === 'string' ? (similarColumns(name, columns)[0]?.column ?? null) : null
}

function titleFor({ name, label }: Column): Fix['title'] {
  return { en: `Use "${label ?? name}"`, ko: `‘${label ?? name}’ 열 쓰기` }
}

function otherColumn({ nodeId = '', field, fields }: Finding, { graph, walk }: { graph: Graph; walk: Walk }): Fix | null {
  const node = graph.nodes.get(nodeId)
  const columns = columnsInto(nodeId, walk)
  // A column that is not named yet is looked for by what it is for: the variable in the path.
  const names = [fields?.column, field?.split('/').at(-2)]
  const column = names.map((name) => best(name, columns)).find((found) => found !== null)
  if (!node || !column || field === undefined) return null
  // Only where the field holds the name and nothing else: in a statement the name is a small part of it.
  const now = valueAt(node.source.config, field.split('/'))
  if (now !== fields?.column && now !== '' && now !== undefined) return null
  const config = changed(node.source.config, field.split('/'), column.name)
  return config && { title: titleFor(column), nodeId, config }
}

/** Fills a variable in the nearest mapping above: the mapping's form says where its table of variables is. */
function mapVariable(finding: Finding, { graph, walk }: { graph: Graph; walk: Walk }): Fix | null {
  const variable = finding.fields?.variable
  if (typeof variable !== 'string') return null
  const seen = new Set<string>()
  for (let id = finding.nodeId; id !== undefined && !seen.has(id); id = graph.wires.find(({ to }) => to === id)?.from) {
    seen.add(id)
    const node = graph.nodes.get(id)
    const [table] = node?.registered ? fieldsWithWidget(node.registered.type.config, 'mapping') : []
    if (!node || !table) continue
    const column = best(variable, columnsInto(id, walk))
    const config = column && changed(node.source.config, [table.name, variable, 'column'], column.name)
    return column && config ? { title: titleFor(column), nodeId: id, config } : null
  }
  return null
}

function valueAt(config: unknown, path: readonly string[]): unknown {
  let at = config
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined
    // An object or a list: both are read by key here.
    at = (at as Record<string, unknown>)[name]
  }
  return at
}

/**
 * The top-level field of a config, whole, with one value inside it changed: right whether a merge goes deep or not.
 * Null: the path leads through something that is no object or list.
 */
function changed(
  config: Readonly<Record<string, unknown>>,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> | null {
  const [top, ...rest] = path
  if (top === undefined) return null
  if (rest.length === 0) return { [top]: value }
  const whole: unknown = structuredClone(config[top] ?? {})
  let at: unknown = whole
  for (const [index, name] of rest.entries()) {
    if (typeof at !== 'object' || at === null) return null
    // An object or a list: both are read and written by key here.
    const inside = at as Record<string, unknown>
    if (index === rest.length - 1) inside[name] = value
    else at = Object.hasOwn(inside, name) ? inside[name] : (inside[name] = {})
  }
  return { [top]: whole }
}
