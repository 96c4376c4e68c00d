import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { entryOfMapping } from '#runtime/three-step/field-mappings.ts'
import { joinQueries } from '#runtime/three-step/queries.ts'
import { fieldsOf, isFields, textOf, type Fields } from '#runtime/three-step/read-fields.ts'
import { dialectOf } from './ask-rows.ts'
import { databaseOf } from './database-of.ts'
import type { SeedCall } from './seed-route.ts'

interface Wish {
  readonly document: WorkflowDocument
  /** The step of the text. */
  readonly template: string
  /** By variable: `{ sourceType, sql | field, selectedColumn, formatter, defaultValue }`. */
  readonly queries: Fields
}

/**
 * The document with queries for the variables of a text: a step of their own before the mapping that fills the text, and the mapping filled from
 * it. @throws AppError `not-found` where no mapping stands before the text
 */
export async function withQueries(call: SeedCall, { document, template, queries }: Wish): Promise<WorkflowDocument> {
  const mapping = mappingBefore(document, template)
  if (!mapping) throw new AppError('not-found', { what: 'mapping' })
  const { id, dialect } = await databaseOf(call)
  const given = Object.entries(queries).flatMap(([variable, value]) => (isFields(value) ? [{ variable, value }] : []))
  const asked = given.flatMap(({ variable, value }) => {
    const sql = textOf(value, 'sql')
    return sql === null ? [] : [{ variable, sql, selected: textOf(value, 'selectedColumn') }]
  })
  const made = joinQueries(asked, { dialect: dialectOf(dialect), taken: [] })
  const columns = new Map(made.flatMap((one) => one.columns.map(({ variable, column }) => [variable, column] as const)))
  const entries = given.map(({ variable, value }) => {
    const column = columns.get(variable) ?? textOf(value, 'field')
    return [variable, entryOfMapping({ column, formatter: textOf(value, 'formatter'), fallback: textOf(value, 'defaultValue') })]
  })
  const variables = { ...fieldsOf(mapping.config, 'variables'), ...Object.fromEntries(entries) }
  const nodes = document.nodes.map((node) => (node === mapping ? { ...node, config: { ...node.config, variables } } : node))
  const steps = made.map(({ sql, columns: own }) => ({ sql, label: own.map(({ variable }) => variable).join(', ') }))
  return before({ ...document, nodes }, { mapping, steps, connection: id })
}

/** The nearest mapping above a step. */
function mappingBefore({ nodes, edges }: WorkflowDocument, id: string): WorkflowNode | null {
  const above = new Set([id])
  for (const at of above) {
    const node = nodes.find((one) => one.id === at)
    if (node?.type === 'mapping') return node
    // The set grows while it is walked.
    for (const { source, target } of edges) if (target === at) above.add(source)
  }
  return null
}

/** Puts query steps into the line that leads into a mapping. */
function before(
  document: WorkflowDocument,
  { mapping, steps, connection }: { mapping: WorkflowNode; steps: readonly { sql: string; label: string }[]; connection: string },
): WorkflowDocument {
  const nodes = [...document.nodes]
  const edges = [...document.edges]
  for (const { sql, label } of steps) {
    const id = freeId(
      'values',
      nodes.map((node) => node.id),
    )
    const { x, y } = mapping.position
    nodes.push({
      id,
      type: 'variable-query',
      typeVersion: 1,
      label,
      position: { x: x - 40, y: y + 170 },
      config: { connection, sql },
    })
    for (const [at, edge] of edges.entries()) if (edge.target === mapping.id) edges[at] = { ...edge, target: id }
    const line = freeId(
      'line',
      edges.map((edge) => edge.id),
    )
    edges.push({ id: line, source: id, sourcePort: 'rows', target: mapping.id, targetPort: 'rows' })
  }
  return { ...document, nodes, edges }
}

function freeId(base: string, taken: readonly string[]): string {
  let id = base
  for (let number = 2; taken.includes(id); number++) id = `${base}-${number}`
  return id
}
