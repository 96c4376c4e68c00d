import { compile } from '#runtime/compile/compile.ts'
import { describeAll } from '#runtime/compile/describe.ts'
import type { Finding } from '#runtime/compile/finding.ts'
import { readGraph } from '#runtime/compile/graph.ts'
import { similarColumns } from '#runtime/compile/similar.ts'
import { pinnedGraph, pinnedInner } from '#runtime/inner/pinned.ts'
import type { Host } from '#runtime/host.ts'
import type { Registry } from '#runtime/registry.ts'
import { AppError, restoreError, type Described, type NodeProblem } from '#runtime/sdk/index.ts'
import type { TextFields } from '#schemas/localized.ts'
import type { Pinned } from '#schemas/pinned.ts'
import { isErrorCode } from '#schemas/errors.ts'
import type { PinnedLists } from '#server/lists/read-list.ts'
import type { Plans } from './engine-deps.ts'

/** Nothing is kept: at the start of a run the outside is asked itself. */
const noCache = { get: () => null, set: () => undefined }

/** Plans of pinned graphs, and the check of a pin against what the outside says now. */
export function createPlans(deps: {
  registry: Pick<Registry, 'node'>
  host(workspaceId: string, lists?: PinnedLists): Promise<Host>
}): Plans {
  const { registry } = deps
  return {
    async plan(pinned, workspaceId) {
      const host = await deps.host(workspaceId)
      const known = {
        described: pinned.described,
        failed: new Set<string>(),
        timezone: pinned.timezone,
        connection: (id: string) => host.known(id),
        list: (id: string) => host.lists.known(id),
      }
      const { plan, problems } = compile(pinned.document, { registry, known, inner: pinnedInner(pinned) })
      if (!plan) throw new AppError('has-problems', { count: problems.filter((problem) => problem.severity === 'error').length })
      return plan
    },
    async changed(pinned, { workspaceId, lists, signal }) {
      const host = await deps.host(workspaceId, lists)
      const graph = readGraph(pinned.document, registry, { inner: pinnedInner(pinned) })
      const { known, findings } = await describeAll(graph, { registry, host, cache: noCache, timezone: pinned.timezone, signal })
      for (const finding of findings)
        if (isErrorCode(finding.code)) return restoreError({ code: finding.code, fields: inEnglish(finding.fields ?? {}) })
      for (const [nodeId, before] of Object.entries(pinned.described)) {
        const now = known.described[nodeId]
        const [problem] = now?.problems ?? []
        if (problem) return ofProblem(problem, labelOf(pinned, nodeId))
        const renamed = renamedColumn(before, now)
        if (renamed) return new AppError('source-renamed', { ...renamed, step: labelOf(pinned, nodeId) })
        const detail = differences(before, now)
        if (detail) return new AppError('source-changed', { detail: `${labelOf(pinned, nodeId)}: ${detail}` })
      }
      return null
    },
  }
}

/** What is wrong with the config since it was published: a name that is gone is told as such. */
function ofProblem({ code, fields = {} }: NodeProblem, step: string): AppError {
  return isErrorCode(code) ? restoreError({ code, fields: inEnglish(fields) }) : new AppError('source-changed', { detail: step })
}

/** Fields of a stored error are plain; a name that exists in both languages is kept in English. */
function inEnglish(fields: NonNullable<Finding['fields']>): TextFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'object' && value !== null ? value.en : value]),
  )
}

/** A column that is gone where a new one looks like it. */
function renamedColumn(
  before: Pick<Described, 'columns'>,
  now: Described | undefined,
): { column: string; similar: string } | null {
  const had = new Set(before.columns.map(({ name }) => name))
  const added = now?.columns.filter(({ name }) => !had.has(name)) ?? []
  for (const { name } of before.columns) {
    if (now?.columns.some((column) => column.name === name)) continue
    const [like] = similarColumns(name, added)
    if (like) return { column: name, similar: like.column.name }
  }
  return null
}

/** What is different, in the columns' own names; empty: nothing that matters. */
function differences(before: Pick<Described, 'columns'>, now: Described | undefined): string {
  const found = new Map(now?.columns.map((column) => [column.name, column.type]))
  const lost = before.columns.flatMap(({ name, type }) => {
    const current = found.get(name)
    if (current === undefined) return [`− ${name}`]
    return current === type ? [] : [`${name} ${type} → ${current}`]
  })
  const known = new Set(before.columns.map(({ name }) => name))
  return [...lost, ...[...found.keys()].filter((name) => !known.has(name)).map((name) => `+ ${name}`)].join(', ')
}

function labelOf(pinned: Pinned, nodeId: string): string {
  return pinnedGraph(pinned).nodes.find((node) => node.id === nodeId)?.label ?? nodeId
}
