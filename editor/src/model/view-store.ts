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
}

export interface ViewActions {
  openPalette: (ask?: Partial<PaletteAsk>) => void
  closePalette: () => void
  set: (part: Partial<ViewState>) => void
  focusField: (nodeId: string, field: string) => void
}

export type ViewStore = StoreApi<ViewState & ViewActions>

const nothingAsked: PaletteAsk = { open: null, edgeId: null, at: null, position: null, wire: null }

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
    openPalette: (ask = {}) => set({ palette: { ...nothingAsked, ...ask } }),
    closePalette: () => set({ palette: null, dragging: null, hoveredEdge: null }),
    set: (part) => set(part),
    focusField: (nodeId, field) => set({ focus: { nodeId, field, turn: (get().focus?.turn ?? 0) + 1 } }),
  }))
}
