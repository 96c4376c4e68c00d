import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Position } from './change.ts'
import type { OpenPort } from './ranking.ts'

/** The open palette: what the chosen step will be joined to, and where. */
export interface PaletteAsk {
  /** The port it goes on from, or leads into; null: it stands alone (or goes after the selected step). */
  readonly open: OpenPort | null
  /** The line it shall be put into. */
  readonly edgeId: string | null
  /** Where on the screen the palette opens, in pixels of the canvas; null: at its usual place. */
  readonly at: Position | null
  /** Where on the canvas the step goes; null: a good place is chosen. */
  readonly position: Position | null
  /** A wire that was dropped on empty canvas stays drawn until a step is chosen (canvas coordinates). */
  readonly wire: { readonly from: Position; readonly to: Position } | null
}

export type DockTab = 'rows' | 'results' | 'problems'

export interface ViewState {
  readonly palette: PaletteAsk | null
  /** A wire is being pulled out of this port. */
  readonly connecting: OpenPort | null
  /** Node type that is being dragged out of the palette. */
  readonly dragging: string | null
  /** The line a dragged step would be put into. */
  readonly hoveredEdge: string | null
  readonly dockTab: DockTab
  /** The field to show and focus; `turn` grows so that the same field can be asked for twice. */
  readonly focus: { readonly nodeId: string; readonly field: string; readonly turn: number } | null
  /** The person whose message is shown, by place in the preview. */
  readonly person: number
  /** The preview goes up to this step only; null: through all of them. */
  readonly until: string | null
  /** The draft is shown as a list instead of a picture. */
  readonly outline: boolean
  /** The step whose lines are chosen in a dialog. */
  readonly linking: string | null
  /** The list of keys is open. */
  readonly keyHelp: boolean
  /** The note that is being written on the canvas, by name. */
  readonly writing: string | null
  /** The dialog that sends is open, for the draft or the published version. */
  readonly launching: 'draft' | 'published' | null
  /** Where the steps stood in the view that a person left a moment ago, so that they can fly from there. */
  readonly cameFrom: ReadonlyMap<string, DOMRect> | null
  /** The part of the canvas that was looked at before it was folded. */
  readonly viewport: { readonly x: number; readonly y: number; readonly zoom: number } | null
  /** The run that was started in the folded view. */
  readonly practice: string | null
}

export interface ViewActions {
  /** This browser remembers it. */
  toggleOutline: () => void
  openPalette: (ask?: Partial<PaletteAsk>) => void
  closePalette: () => void
  set: (part: Partial<ViewState>) => void
  focusField: (nodeId: string, field: string) => void
}

export type ViewStore = StoreApi<ViewState & ViewActions>

const nothingAsked: PaletteAsk = { open: null, edgeId: null, at: null, position: null, wire: null }

const OUTLINE_KEY = 'alimflow.editor.outline'

function readOutline(): boolean {
  try {
    return localStorage.getItem(OUTLINE_KEY) === 'true'
  } catch {
    return false
  }
}

function keepOutline(on: boolean): void {
  try {
    localStorage.setItem(OUTLINE_KEY, String(on))
  } catch {
    // A browser that stores nothing still works; it only forgets.
  }
}

/** What is open and pointed at: nothing of it is saved with the workflow. */
export function createViewStore(): ViewStore {
  return createStore<ViewState & ViewActions>()((set, get) => ({
    palette: null,
    connecting: null,
    dragging: null,
    hoveredEdge: null,
    dockTab: 'rows',
    focus: null,
    person: 0,
    until: null,
    outline: readOutline(),
    linking: null,
    keyHelp: false,
    writing: null,
    launching: null,
    cameFrom: null,
    viewport: null,
    practice: null,
    toggleOutline: () => {
      const outline = !get().outline
      set({ outline })
      keepOutline(outline)
    },
    openPalette: (ask = {}) => set({ palette: { ...nothingAsked, ...ask } }),
    closePalette: () => set({ palette: null, dragging: null, hoveredEdge: null }),
    set: (part) => set(part),
    focusField: (nodeId, field) => set({ focus: { nodeId, field, turn: (get().focus?.turn ?? 0) + 1 } }),
  }))
}
