import type { Column } from '#schemas/column.ts'
import type { SavedKind, SavedObject } from '#schemas/saved-object.ts'
import type { WorkflowNode } from '#schemas/workflow.ts'
import { plainText } from './plain-text.ts'

/** What is kept of a step of each type. */
const KINDS: Readonly<Record<string, SavedKind>> = {
  'sql-source': 'target-query',
  'table-source': 'target-query',
  'variable-query': 'variable-query',
  mapping: 'mapping-template',
}

/** The kind that a step of this type is kept as; null: such a step is not kept. */
export const savedKindOf = (type: string): SavedKind | null => (Object.hasOwn(KINDS, type) ? (KINDS[type] ?? null) : null)

type Fields = Readonly<Record<string, unknown>>
const asFields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
const asColumns = (value: unknown): { name: string }[] =>
  Array.isArray(value) ? value.filter((one): one is { name: string } => typeof asFields(one).name === 'string') : []

/** What a step has to be kept, as the body of its kind. `columns`: those that it adds. */
export function bodyOf(node: WorkflowNode, columns: readonly Column[]): Record<string, unknown> {
  if (node.type === 'mapping') return { variables: asFields(node.config['variables']) }
  // Rows that come from elsewhere carry marks of the machinery: nobody counts on these.
  return { type: node.type, config: node.config, columns: columns.filter(({ hidden }) => hidden !== true) }
}

/** Is there anything in it that somebody would want again? */
export function isWorthKeeping({ type, config }: WorkflowNode): boolean {
  if (type === 'mapping') return Object.keys(asFields(config['variables'])).length > 0
  return type === 'table-source' ? config['query'] !== undefined : plainText(config['sql'] ?? '').trim() !== ''
}

/** Can this be taken into a step of this type? A variable of its own goes into any mapping. */
export function canTake(saved: Pick<SavedObject, 'kind' | 'body'>, type: string): boolean {
  if (saved.kind === 'variable-mapping') return type === 'mapping'
  return saved.kind === savedKindOf(type) && (type === 'mapping' || saved.body['type'] === type)
}

/** The fields of the step after taking it. A mapping keeps what it has besides. */
export function taken(saved: Pick<SavedObject, 'kind' | 'body'>, config: Fields): Fields {
  if (saved.kind === 'mapping-template')
    return { variables: { ...asFields(config['variables']), ...asFields(saved.body['variables']) } }
  if (saved.kind === 'variable-mapping')
    return { variables: { ...asFields(config['variables']), [String(saved.body['variable'])]: asFields(saved.body['entry']) } }
  const gone = Object.fromEntries(Object.keys(config).map((name) => [name, null]))
  return { ...gone, ...asFields(saved.body['config']) }
}

/** Variables and the columns that fill them. */
export function mappedBy({ kind, body }: Pick<SavedObject, 'kind' | 'body'>): { variable: string; column: string }[] {
  const entries = kind === 'variable-mapping' ? { [String(body['variable'])]: body['entry'] } : asFields(body['variables'])
  return Object.entries(entries).map(([variable, entry]) => ({ variable, column: plainText(asFields(entry)['column'] ?? '') }))
}

/** How much of a mapping finds its column here. */
export function fitOf(saved: Pick<SavedObject, 'kind' | 'body'>, columns: readonly Pick<Column, 'name'>[]) {
  const mapped = mappedBy(saved)
  return { fits: mapped.filter(({ column }) => columns.some(({ name }) => name === column)).length, of: mapped.length }
}

/** The columns that a query gave when it was kept. */
export const columnsOf = ({ body }: Pick<SavedObject, 'body'>): string[] => asColumns(body['columns']).map(({ name }) => name)

/** The statement of a query, for a look at it; null: it has none. */
export function statementOf({ body }: Pick<SavedObject, 'body'>): string | null {
  const { sql } = asFields(body['config'])
  return typeof sql === 'string' ? sql : null
}
