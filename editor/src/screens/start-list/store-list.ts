import type { Workflow } from '#schemas/api/workflows.ts'
import type { ListColumnInput, StoredList } from '#schemas/list.ts'
import { createList, replaceListRows } from '#editor/api/lists.ts'
import { api } from '#editor/api/client.ts'
import { replaceDraft, workflowPath } from '#editor/api/workflows.ts'
import type { BigRows } from '#editor/lists/source.ts'
import type { ReadList } from '#editor/lists/read-list.ts'
import { bringIn, type BringingIn } from './bring-in.ts'
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
  /** A file of which `list` has the first rows only: all are brought in, portion by portion. */
  readonly big: { readonly rows: BigRows; readonly onProgress: (at: BringingIn) => void; readonly signal: AbortSignal } | null
}

const columnsOf = ({ columns }: ReadList): ListColumnInput[] => columns.map(({ name, label, kind }) => ({ name, label, kind }))

/** Stores the people and makes the workflow that writes to them; returns its id. */
export async function storeList(wish: Wish): Promise<string> {
  const { list, name, beginning, workflowId, storedAs, onStored } = wish
  const address = list.columns[list.address ?? -1]?.name ?? ''
  const optOut = list.optOut === null ? null : (list.columns[list.optOut]?.name ?? null)
  const people = (id: string, listName: string) => ({ list: id, listName, address, optOut })
  if (workflowId === null) {
    const listId = storedAs ?? (await store(wish, null)).id
    onStored(listId)
    return (await api.post<Workflow>('/api/workflows', listWorkflow(name, people(listId, name), beginning))).id
  }
  const workflow = await api.get<Workflow>(workflowPath(workflowId))
  const known = listOf(workflow.document)
  // Another paste changes who is in the list, not what it is called.
  const stored = await store(wish, known)
  await replaceDraft(workflowId, workflow.revision, withRecipients(workflow.document, people(stored.id, stored.name)))
  return workflowId
}

/** Stores the rows, in a new list or in the place of those of a known one. */
function store({ list, name, big }: Wish, known: string | null): Promise<StoredList> {
  const columns = columnsOf(list)
  if (big !== null) {
    const { rows, onProgress, signal } = big
    const plan = { skip: list.titles + (list.hasHeader ? 1 : 0), kinds: columns.map(({ kind }) => kind), address: list.address }
    return bringIn({ big: rows, plan, name, list: known, columns, onProgress, signal })
  }
  const input = { columns, rows: list.rows }
  return known === null ? createList({ name, ...input }) : replaceListRows(known, input)
}
