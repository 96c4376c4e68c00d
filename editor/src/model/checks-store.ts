import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Validation } from '#schemas/api/workflows.ts'
import type { Column } from '#schemas/column.ts'
import type { Localized } from '#schemas/localized.ts'
import type { Preview } from '#schemas/preview.ts'
import type { Problem } from '#schemas/problem.ts'
import type { RunNode } from '#schemas/run.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'

interface PortColumns {
  readonly in: Readonly<Record<string, readonly Column[]>>
  readonly out: Readonly<Record<string, readonly Column[]>>
}

/** Why a check or a preview could not be had at all (server away, refused), in the person's language. */
export interface CheckFailure {
  readonly code: string
  readonly message: string
}

export interface ChecksState {
  /** Changes of the graph since the last answer are being judged. */
  readonly checking: boolean
  readonly checkFailure: CheckFailure | null
  readonly problems: readonly Problem[]
  readonly problemsByNode: Readonly<Record<string, readonly Problem[]>>
  readonly columns: Readonly<Record<string, PortColumns>>
  readonly summaries: Readonly<Record<string, Localized>>
  readonly preview: Preview | null
  /** When the preview was asked for (milliseconds), and the graph it shows. */
  readonly previewAt: number | null
  readonly previewOf: WorkflowDocument | null
  readonly previewing: boolean
  readonly previewFailure: CheckFailure | null
  /** What the last run counted, by node; null where it never ran. */
  readonly lastRun: { readonly id: string; readonly number: number; readonly nodes: Readonly<Record<string, RunNode>> } | null
}

export interface ChecksActions {
  begin: () => void
  judged: (validation: Validation) => void
  failed: (failure: CheckFailure) => void
  previewBegins: () => void
  previewed: (preview: Preview, of: WorkflowDocument) => void
  previewFailed: (failure: CheckFailure) => void
  ran: (run: ChecksState['lastRun']) => void
}

export type ChecksStore = StoreApi<ChecksState & ChecksActions>

const order = { error: 0, warning: 1, info: 2 } as const

function grouped(problems: readonly Problem[]): Record<string, Problem[]> {
  const groups: Record<string, Problem[]> = Object.create(null)
  for (const problem of problems) if (problem.nodeId !== undefined) (groups[problem.nodeId] ??= []).push(problem)
  return groups
}

/** Old values stay the same objects where nothing changed, so that only the cards concerned are drawn again. */
export function stable<Value>(old: Readonly<Record<string, Value>>, next: Record<string, Value>): Record<string, Value> {
  for (const [key, value] of Object.entries(next)) {
    const before = old[key]
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(value)) next[key] = before
  }
  return next
}

/** Hidden columns are for the machinery: nobody chooses, counts or sees them. */
function forPeople(columns: Validation['columns']): Record<string, PortColumns> {
  const visible = (ports: Readonly<Record<string, readonly Column[]>>) =>
    Object.fromEntries(Object.entries(ports).map(([port, list]) => [port, list.filter(({ hidden }) => hidden !== true)]))
  return Object.fromEntries(
    Object.entries(columns).map(([id, ports]) => [id, { in: visible(ports.in), out: visible(ports.out) }]),
  )
}

/** What the server said about the draft: problems, columns along the lines, one line per step, the last preview. */
export function createChecksStore(problems: readonly Problem[]): ChecksStore {
  return createStore<ChecksState & ChecksActions>()((set, get) => ({
    checking: false,
    checkFailure: null,
    problems: problems.toSorted((a, b) => order[a.severity] - order[b.severity]),
    problemsByNode: grouped(problems),
    columns: {},
    summaries: {},
    preview: null,
    previewAt: null,
    previewOf: null,
    previewing: false,
    previewFailure: null,
    lastRun: null,
    begin: () => set({ checking: true }),
    judged: (validation) => {
      const old = get()
      const sorted = validation.problems.toSorted((a, b) => order[a.severity] - order[b.severity])
      set({
        checking: false,
        checkFailure: null,
        problems: sorted,
        problemsByNode: stable(old.problemsByNode, grouped(sorted)),
        columns: stable(old.columns, forPeople(validation.columns)),
        summaries: stable(old.summaries, { ...validation.summaries }),
      })
    },
    failed: (checkFailure) => set({ checking: false, checkFailure }),
    previewBegins: () => set({ previewing: true }),
    previewed: (preview, previewOf) =>
      set({ preview, previewOf, previewAt: Date.now(), previewing: false, previewFailure: null }),
    previewFailed: (previewFailure) => set({ previewing: false, previewFailure }),
    ran: (lastRun) => set({ lastRun }),
  }))
}
