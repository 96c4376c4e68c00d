import type { WorkflowDocument, WorkflowGroup, WorkflowNote } from '#schemas/workflow.ts'
import { inOrder } from '#schemas/workflow-file.ts'

/** All notes, all groups, or both, as they shall be. */
export interface MarksChange {
  readonly kind: 'marks'
  readonly notes?: readonly WorkflowNote[]
  readonly groups?: readonly WorkflowGroup[]
}

/** The document with other notes and groups, and the change that takes that back. */
export function applyMarks(document: WorkflowDocument, change: MarksChange): { document: WorkflowDocument; undo: MarksChange } {
  const { notes, groups } = change
  return {
    document: inOrder({
      ...document,
      ...(notes === undefined ? {} : { notes: [...notes] }),
      ...(groups === undefined ? {} : { groups: [...groups] }),
    }),
    undo: {
      kind: 'marks',
      ...(notes === undefined ? {} : { notes: document.notes ?? [] }),
      ...(groups === undefined ? {} : { groups: document.groups ?? [] }),
    },
  }
}

/** The groups once these steps are gone: without them, and without the groups that had no others. Null: no group had any of them. */
export function groupsWithout(document: WorkflowDocument, gone: ReadonlySet<string>): readonly WorkflowGroup[] | null {
  const groups = document.groups ?? []
  if (!groups.some(({ steps }) => steps.some((id) => gone.has(id)))) return null
  return groups.flatMap((group) => {
    const steps = group.steps.filter((id) => !gone.has(id))
    return steps.length === group.steps.length ? [group] : steps.length === 0 ? [] : [{ ...group, steps }]
  })
}
