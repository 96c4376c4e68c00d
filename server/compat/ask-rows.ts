import type { Preview, PreviewRows } from '#schemas/preview.ts'
import type { Problem } from '#schemas/problem.ts'
import type { Validation } from '#schemas/api/workflows.ts'
import { AppError, type Dialect } from '#runtime/sdk/index.ts'
import { namePlaceholders } from '#runtime/three-step/placeholders.ts'
import { isFields, pick, textOf, type Fields } from '#runtime/three-step/read-fields.ts'
import { withoutEnd } from '#runtime/three-step/select-list.ts'
import { databaseOf } from './database-of.ts'
import type { SeedCall } from './seed-route.ts'

/** A statement of the old API, with what its placeholders stand for. */
interface Question {
  readonly sql: string
  readonly parameters: Readonly<Record<string, string>>
}

const LIMIT = 10

/** The statement of a body, under any of its names; `?` are named and take the values of `params` in their order. @throws AppError `sql-empty` */
export function questionOf(body: Fields, dialect: Dialect): Question {
  const given = textOf(body, 'sql', 'query', 'querySql')
  if (given === null || given.trim() === '') throw new AppError('sql-empty', {})
  const { sql, placeholders } = namePlaceholders(withoutEnd(given), dialect)
  const values = pick(body, 'params', 'parameters', 'values')
  const list = Array.isArray(values) ? values : []
  const pairs = isFields(values) ? Object.entries(values) : placeholders.map(({ name }, at) => [name, list[at]] as const)
  return {
    sql,
    parameters: Object.fromEntries(pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, written(value)]]))),
  }
}

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** A workflow of nothing but this question: what checks and shows workflows checks and shows it. */
export function askingDocument(connection: string, { sql, parameters }: Question) {
  const place = { x: 0, y: 0 }
  return {
    schemaVersion: 1 as const,
    name: 'seed query',
    nodes: [
      { id: 'start', type: 'manual-trigger', typeVersion: 1, position: place, config: {} },
      { id: 'rows', type: 'sql-source', typeVersion: 1, position: place, config: { connection, sql, parameters } },
    ],
    edges: [{ id: 'e1', source: 'start', sourcePort: 'start', target: 'rows', targetPort: 'start' }],
  }
}

/** What is wrong with the question itself; that nothing is sent of it is no fault. */
export const faultsOf = (problems: readonly Problem[]): Problem[] =>
  problems.filter(({ nodeId, severity }) => nodeId === 'rows' && severity === 'error')

/** Columns and faults of a question, without a row. */
export async function checkQuestion(call: SeedCall) {
  const { id, dialect } = await databaseOf(call)
  const document = askingDocument(id, questionOf(call.body, dialectOf(dialect)))
  const { problems, columns } = await call.inside.ask<Validation>(call.request, [
    'POST',
    '/api/validate',
    { document, fresh: true },
  ])
  return { errors: faultsOf(problems), columns: columns['rows']?.out['rows'] ?? [] }
}

/** The first rows of a question, personal values masked. */
export async function askRows(call: SeedCall, question?: Question): Promise<PreviewRows & { tookMs: number; errors: Problem[] }> {
  const { id, dialect } = await databaseOf(call)
  const asked = question ?? questionOf(call.body, dialectOf(dialect))
  const wanted = Number(textOf(call.body, 'limit') ?? call.query['limit'] ?? LIMIT)
  const limit = Math.min(100, Math.max(1, Number.isFinite(wanted) ? Math.trunc(wanted) : LIMIT))
  const body = { document: askingDocument(id, asked), limit, until: 'rows' }
  const { nodes, problems } = await call.inside.ask<Preview>(call.request, ['POST', '/api/preview', body])
  const found = nodes['rows']?.out['rows'] ?? { columns: [], rows: [], more: false }
  return { ...found, tookMs: nodes['rows']?.tookMs ?? 0, errors: faultsOf(problems) }
}

export const dialectOf = (name: string | null): Dialect => (name === 'postgres' || name === 'mysql' ? name : 'mariadb')

/** Rows as the old API gave them. @returns `success: false` with what is wrong */
export function answerOf({ rows, columns, more, tookMs, errors }: Awaited<ReturnType<typeof askRows>>) {
  return {
    success: errors.length === 0,
    data: rows,
    columns: columns.map(({ name, type, label }) => ({ name, type, displayName: label ?? null })),
    rowCount: rows.length,
    hasMore: more,
    executionTime: Math.round(tookMs),
    ...(errors.length > 0 && { errors: errors.map(({ code, message }) => ({ code, message: message.ko })) }),
  }
}
