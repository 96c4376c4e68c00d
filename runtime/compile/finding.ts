import { errorText, type ErrorCode } from '#schemas/errors.ts'
import { fillText, type Localized } from '#schemas/localized.ts'
import type { Fix, Problem, TextPosition } from '#schemas/problem.ts'
import { problemTable, type ProblemCode } from '#schemas/problems.ts'
import { AppError, type NodeProblem } from '#runtime/sdk/index.ts'

type Field = string | number | Localized | null | undefined

/** A problem as the checks find it: a code of one of the two tables and what its text names, each field in both languages where it is words. */
export interface Finding {
  readonly code: ProblemCode | ErrorCode
  readonly fields?: Readonly<Record<string, Field>>
  readonly nodeId?: string
  readonly edgeId?: string
  readonly field?: string
  readonly position?: TextPosition
  readonly severity?: Problem['severity']
  readonly fix?: Fix
}

/** The finding with its texts, as it is sent to people. Errors of the error table are errors of the graph. */
export function toProblem({ code, fields = {}, severity, ...where }: Finding): Problem {
  const isProblem = Object.hasOwn(problemTable, code)
  // `hasOwn` decided which of the two tables the code is of.
  const row = isProblem ? problemTable[code as ProblemCode] : { severity: 'error' as const, ...errorText(code) }
  return {
    ...where,
    code,
    severity: severity ?? row.severity,
    message: { en: fillText(row.en, inLanguage(fields, 'en')), ko: fillText(row.ko, inLanguage(fields, 'ko')) },
  }
}

function inLanguage(
  fields: Readonly<Record<string, Field>>,
  language: 'en' | 'ko',
): Record<string, string | number | null | undefined> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'object' && value !== null ? value[language] : value]),
  )
}

/** What a node found about itself. */
export function ofNode(nodeId: string, problem: NodeProblem): Finding {
  return { nodeId, ...problem }
}

/** An error that was thrown while a node was asked something at design time. */
export function ofError(nodeId: string, error: AppError): Finding {
  return {
    nodeId,
    // The class only takes codes of the error table.
    code: error.code,
    fields: error.fields,
    ...(error.position && { position: error.position }),
  }
}

/**
 * Problems without doubles: the compiler and a node may both see the same thing. Of two with one code and text at one node, the one
 * that says more (a field, a position, a fix) stays, at the place of the first. A connection that is not chosen, or chosen and not
 * fit, is not told once more as missing.
 */
export function withoutDoubles(problems: readonly Problem[]): Problem[] {
  const spotOf = ({ nodeId, field }: Problem): string => JSON.stringify([nodeId, field])
  const explained = new Set(problems.filter(({ code }) => code.startsWith('config-') || code === 'connection-unfit').map(spotOf))
  const kept = new Map<string, Problem>()
  for (const problem of problems) {
    if (problem.code === 'connection-missing' && explained.has(spotOf(problem))) continue
    const key = JSON.stringify([problem.nodeId, problem.edgeId, problem.code, problem.message.en])
    const before = kept.get(key)
    if (before === undefined) kept.set(key, problem)
    else if (before.field === undefined || problem.field === undefined || before.field === problem.field)
      kept.set(key, { ...problem, ...before })
    else kept.set(`${key} ${problem.field}`, problem)
  }
  return [...kept.values()]
}
