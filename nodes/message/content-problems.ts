import type { Column } from '#schemas/column.ts'
import { AppError, isDecomposed, type NodeProblem, type TemplateContent } from '#runtime/sdk/index.ts'
import { compileContent } from './content.ts'

/** Problems of a text: empty, broken holes, decomposed Hangul, variables that nothing fills. */
export function contentProblems(content: TemplateContent, columns: readonly Column[], field: string): NodeProblem[] {
  if (content.body.trim() === '') return [{ code: 'template-empty', field }]
  const problems: NodeProblem[] = []
  try {
    const filled = new Set(columns.filter(({ variable }) => variable === true).map(({ name }) => name))
    for (const variable of compileContent(content).variables) {
      if (!filled.has(variable)) problems.push({ code: 'variable-not-mapped', fields: { variable }, field })
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    problems.push({ code: 'template-broken', fields: error.fields, field, ...(error.position && { position: error.position }) })
  }
  if (isDecomposed(content.body)) problems.push({ code: 'template-decomposed', field })
  return problems
}
