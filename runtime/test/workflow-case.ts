import type { Column } from '#schemas/column.ts'
import { check } from '#runtime/compile/check.ts'
import { createDescriptionCache } from '#runtime/compile/description-cache.ts'
import type { Plan } from '#runtime/compile/plan.ts'
import { preview } from '#runtime/preview/preview.ts'
import type { Registry } from '#runtime/registry.ts'
import { memoryHost, type MemoryHostOptions } from './memory-host.ts'
import { expand, type ShortWorkflow } from './short-workflow.ts'

/**
 * A whole workflow and what is expected of it (runtime/test/cases/*.json). Every part of `expect` that is there is compared as a whole,
 * so that a case cannot pass by saying nothing of a problem that comes up.
 */
export interface WorkflowCase {
  readonly title: string
  readonly workflow?: ShortWorkflow
  /** In place of `workflow`: anything, to be judged as a document. */
  readonly document?: unknown
  readonly host?: MemoryHostOptions
  readonly limit?: number
  readonly expect: {
    /** `code at node.field`, in order. */
    readonly problems: readonly string[]
    /** Columns at output ports: `map.rows` → `name contacts 이름(variable)`. */
    readonly columns?: Readonly<Record<string, string>>
    /** Stages in one line each; null: there is no plan. */
    readonly stages?: readonly string[] | null
    /** Texts of the preview: `row node: text`. */
    readonly messages?: readonly string[]
    /** Who failed or was left out in the preview: `row node: code`. */
    readonly leftOut?: readonly string[]
  }
}

/** What came of a case, in the form in which `expect` says it. */
export async function runCase(
  { workflow, document, host: options, limit = 10, expect }: WorkflowCase,
  registry: Registry,
): Promise<WorkflowCase['expect']> {
  const host = memoryHost(options)
  const value = workflow ? expand(workflow) : document
  const deps = {
    registry,
    host,
    cache: createDescriptionCache(host.clock),
    timezone: 'Asia/Seoul',
    signal: new AbortController().signal,
  }
  const checked = await check(value, deps)
  const shown = await preview(value, { ...deps, limit })
  const ports = Object.entries(checked.columns).flatMap(([id, { out }]) =>
    Object.entries(out).map(([port, columns]) => [`${id}.${port}`, columns] as const),
  )
  return {
    problems: checked.problems.map(
      ({ code, nodeId, field }) =>
        `${code}${nodeId === undefined ? '' : ` at ${nodeId}`}${field === undefined ? '' : `.${field}`}`,
    ),
    ...(expect.columns && {
      columns: Object.fromEntries(
        ports.filter(([port]) => Object.hasOwn(expect.columns ?? {}, port)).map(([port, columns]) => [port, named(columns)]),
      ),
    }),
    ...(expect.stages !== undefined && { stages: checked.plan && stageLines(checked.plan) }),
    ...(expect.messages && {
      messages: shown.messages.map(({ row, nodeId, parts, error }) => `${row} ${nodeId}: ${error ? error.code : parts.body}`),
    }),
    ...(expect.leftOut && {
      leftOut: Object.entries(shown.nodes).flatMap(([id, { failed, skipped }]) =>
        [...failed, ...skipped].map(({ row, code }) => `${row} ${id}: ${code}`),
      ),
    }),
  }
}

function named(columns: readonly Column[]): string {
  return columns
    .filter(({ hidden }) => !hidden)
    .map(({ name, variable }) => (variable ? `${name}(variable)` : name))
    .join(' ')
}

/** `send kakao after sms.undelivered: ask map | kakao.undelivered → sms`; what asks is in brackets. */
export function stageLines(plan: Plan): string[] {
  const nameOf = (no: number): string => {
    const stage = plan.stages.find((one) => one.no === no)
    return stage?.kind === 'send' ? stage.channel : (stage?.kind ?? '?')
  }
  return plan.stages.map((stage) => {
    const reads: readonly string[] = stage.kind === 'send' ? stage.reads : []
    const nodes = stage.nodes.map((id) => (reads.includes(id) ? `[${id}]` : id)).join(' ')
    const out = stage.outlets.map(({ from, fromPort, stage: no }) => `${from}.${fromPort} → ${nameOf(no)}`).join(', ')
    const head = stage.kind === 'send' ? `send ${stage.channel} from ${stage.entry.from}.${stage.entry.fromPort}` : stage.kind
    return [`${head}: ${nodes}`.trim(), ...(out === '' ? [] : [out])].join(' | ')
  })
}
