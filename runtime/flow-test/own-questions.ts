import type { FlowTestCase } from '#schemas/flow-test.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'

/** What stands for the statement of a query that was put together without SQL: a test knows no tables. */
export const standInFor = (query: unknown): string => `select /* ${JSON.stringify(query).replaceAll('*/', '* /')} */`

/** The statement of a step: as it is written, or what stands for the one that will be made. */
export function statementOf({ sql, query }: WorkflowNode['config']): unknown {
  return typeof query === 'object' && query !== null ? standInFor(query) : sql
}

/** Where a step asks, in its config: a list by its id, a statement of a connection. */
function questionOf({
  config,
}: WorkflowNode): { readonly field: 'list' | 'connection'; readonly of: string; readonly asked: string } | null {
  const { list, connection } = config
  const sql = statementOf(config)
  if (typeof list === 'string') return { field: 'list', of: list, asked: JSON.stringify([list]) }
  if (typeof sql !== 'string' || typeof connection !== 'string') return null
  return { field: 'connection', of: connection, asked: JSON.stringify([connection, sql]) }
}

/**
 * The workflow with a list or connection of its own for each step that is given something and asks the same as another one: what a case
 * gives is by step, and from outside two steps that ask the same cannot be told apart.
 */
export function withOwnQuestions(document: WorkflowDocument, given: FlowTestCase['given']): WorkflowDocument {
  const asking = Map.groupBy(
    document.nodes.filter(({ id }) => given[id] !== undefined),
    (node) => questionOf(node)?.asked,
  )
  return {
    ...document,
    nodes: document.nodes.map((node) => {
      const question = questionOf(node)
      if (question === null || given[node.id] === undefined || (asking.get(question.asked)?.length ?? 0) < 2) return node
      return { ...node, config: { ...node.config, [question.field]: `${question.of} (${node.id})` } }
    }),
  }
}
