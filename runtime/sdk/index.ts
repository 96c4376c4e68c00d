// The public API for node types and providers. Built-in nodes use nothing else.
export { AppError, restoreError, type StoredError } from './app-error.ts'
export type { Batch, FailedRow, Json, Leaving, Message, Outputs, Row, SkippedRow, TemplateRef, Value } from './rows.ts'
export type {
  ColumnOrigin,
  Dialect,
  QueryOptions,
  QueryResult,
  RowStream,
  SetAnswer,
  SetAnswers,
  SetQueries,
  SqlConnection,
  Statement,
  StatementShape,
} from './sql.ts'
export type {
  Clock,
  Described,
  DescribeContext,
  Http,
  Known,
  KnownConnection,
  Log,
  NodeContext,
  ReportedCost,
  RunFacts,
} from './context.ts'
export type { KnownList, StoredList } from './list.ts'
export type { CompiledQuery, TableQueries } from './table-queries.ts'
export type { Button, Parts } from '#schemas/message.ts'
export {
  defineNode,
  type ChannelSpec,
  type ColumnsResult,
  type Composed,
  type EventSpec,
  type InputColumns,
  type NodeSpec,
  type NodeType,
  type OpenNode,
  type PayloadColumn,
  type TemplateContent,
  type Waiting,
} from './node.ts'
export type { NodeProblem } from './node-problem.ts'
export { rowOf } from '#runtime/flow/message.ts'
export { defineColumn, type ColumnSpec } from './define-column.ts'
export {
  CallFailed,
  defineProvider,
  type AccountStanding,
  type Allowance,
  type FailureClass,
  type OutgoingMessage,
  type ProviderContext,
  type ProviderHttp,
  type ProviderLimits,
  type ProviderSession,
  type ProviderSpec,
  type ProviderType,
  type Report,
  type SendResult,
  type Slice,
  type StandingWanted,
  type TemplateStanding,
} from './provider.ts'
export { retryAfterOf } from './retry-after.ts'
export { DEFAULT_CONCURRENCY, limitSettings } from './limit-settings.ts'
export { jsonListBody, type JsonBody } from './json-body.ts'
export { normalizeEmail, normalizePhone, type Phone, type PhoneClass } from '#schemas/phone.ts'
export { characters, eucKrBytes, LIMITS, measureEucKr, unencodable } from './length.ts'
export { formatFits, formatValue, type Format, type FormatKind } from '#runtime/values/format.ts'
export { compileTemplate, isDecomposed, render, variableName, variablesOf, type Template } from '#runtime/template/template.ts'
