import type { Workflow } from '#schemas/api/workflows.ts'
import type { ListColumnInput } from '#schemas/list.ts'
import { createList, replaceListRows } from '#editor/api/lists.ts'
import { api } from '#editor/api/client.ts'
import { replaceDraft, workflowPath } from '#editor/api/workflows.ts'
import type { ReadList } from '#editor/lists/read-list.ts'
import { listOf, listWorkflow, withRecipients, type Beginning } from './list-workflow.ts'

interface Wish {
  readonly list: ReadList
  readonly name: string
  /** A text to begin with. */
  readonly beginning: Beginning | null
  /** The workflow that the list is for; null: it is yet to be made. */
  readonly workflowId: string | null
  /** Stored already, by a try that got no further. */
  readonly storedAs: string | null
  readonly onStored: (listId: string) => void
}

const columnsOf = ({ columns }: ReadList): ListColumnInput[] => columns.map(({ name, label, kind }) => ({ name, label, kind }))

/** Stores the people and makes the workflow that writes to them; returns its id. */
export async function storeList({ list, name, beginning, workflowId, storedAs, onStored }: Wish): Promise<string> {
  const address = list.columns[list.address ?? -1]?.name ?? ''
  const optOut = list.optOut === null ? null : (list.columns[list.optOut]?.name ?? null)
  const input = { columns: columnsOf(list), rows: list.rows }
  const people = (id: string, listName: string) => ({ list: id, listName, address, optOut })
  if (workflowId === null) {
    const listId = storedAs ?? (await createList({ name, ...input })).id
    onStored(listId)
    return (await api.post<Workflow>('/api/workflows', listWorkflow(name, people(listId, name), beginning))).id
  }
  const workflow = await api.get<Workflow>(workflowPath(workflowId))
  const known = listOf(workflow.document)
  // Another paste changes who is in the list, not what it is called.
  const stored = known === null ? await createList({ name, ...input }) : await replaceListRows(known, input)
  await replaceDraft(workflowId, workflow.revision, withRecipients(workflow.document, people(stored.id, stored.name)))
  return workflowId
}
