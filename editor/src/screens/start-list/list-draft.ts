import { create } from 'zustand'
import { noChoices, type ListChoices } from '#editor/lists/read-list.ts'
import type { BringingIn } from './bring-in.ts'
import type { Source } from '#editor/lists/source.ts'

interface ListDraft {
  /** What was pasted or chosen; null: nothing yet. */
  readonly source: Source | null
  readonly choices: ListChoices
  /** What the list shall be called; null: as its file, or by the day. */
  readonly name: string | null
  /** The list was stored when the workflow could not be made: a second try takes it, and stores it no second time. */
  readonly storedAs: string | null
  /** The workflow that has all of this already. */
  readonly workflowId: string | null
  /** A big file that is being brought in, or was; null: none. */
  readonly bringing: BringingIn | null
  /** Calls it off; null: nothing is on its way. */
  readonly stop: (() => void) | null
}

interface ListDraftActions {
  readonly take: (source: Source) => void
  readonly choose: (choices: Partial<ListChoices>) => void
  readonly call: (name: string) => void
  readonly stored: (at: Partial<Pick<ListDraft, 'storedAs' | 'workflowId'>>) => void
  readonly brings: (at: Partial<Pick<ListDraft, 'bringing' | 'stop'>>) => void
  readonly forget: () => void
}

const nothing: ListDraft = {
  source: null,
  choices: noChoices,
  name: null,
  storedAs: null,
  workflowId: null,
  bringing: null,
  stop: null,
}
const unsaved = { storedAs: null, workflowId: null, bringing: null }

/** The pasted list until it is stored. It lives as long as the page, so that going to another screen and back loses nothing. */
export const useListDraft = create<ListDraft & ListDraftActions>()((set) => ({
  ...nothing,
  take: (source) => set({ ...unsaved, source, choices: noChoices }),
  choose: (choices) => set((old) => ({ ...unsaved, choices: { ...old.choices, ...choices } })),
  call: (name) => set({ ...unsaved, name }),
  stored: (at) => set(at),
  brings: (at) => set(at),
  forget: () => set(nothing),
}))
