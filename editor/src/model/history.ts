import type { WorkflowDocument } from '#schemas/workflow.ts'
import { apply, type Change } from './change.ts'

interface Step {
  readonly forward: Change
  readonly undo: Change
  /** Steps with the same key that follow each other closely are one step to the person (typing in a field, dragging a card). */
  readonly mergeKey: string | null
  readonly at: number
}

export interface History {
  readonly past: readonly Step[]
  readonly future: readonly Step[]
}

export interface Moved {
  readonly document: WorkflowDocument
  readonly history: History
}

export const emptyHistory: History = { past: [], future: [] }

/** Milliseconds: a pause in typing longer than this starts a new step. */
const MERGE_WITHIN = 1200
const MAX_STEPS = 300

export interface Recording {
  readonly mergeKey?: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Applies a change and remembers how to take it back. What was undone before can no longer be redone. */
export function perform(state: Moved, change: Change, recording: Recording): Moved {
  const applied = apply(state.document, change)
  const key = recording.mergeKey ?? null
  const last = state.history.past.at(-1)
  const merges =
    key !== null && last?.mergeKey === key && recording.now - last.at <= MERGE_WITHIN && state.history.future.length === 0
  const step: Step = merges
    ? { forward: joined(last.forward, change), undo: joined(applied.undo, last.undo), mergeKey: key, at: recording.now }
    : { forward: change, undo: applied.undo, mergeKey: key, at: recording.now }
  const past = merges ? [...state.history.past.slice(0, -1), step] : [...state.history.past, step].slice(-MAX_STEPS)
  return { document: applied.document, history: { past, future: [] } }
}

/**
 * Applies a change as a part of the step before it: what one act of a person changes in two places is one step back. What is typed
 * after it is a step of its own.
 */
export function performWithLast(state: Moved, change: Change, now: number): Moved {
  const last = state.history.past.at(-1)
  if (last === undefined) return perform(state, change, { now })
  const applied = apply(state.document, change)
  const forward: Change = { kind: 'batch', changes: [last.forward, change] }
  const undo: Change = { kind: 'batch', changes: [applied.undo, last.undo] }
  const step: Step = { forward, undo, mergeKey: null, at: now }
  return { document: applied.document, history: { past: [...state.history.past.slice(0, -1), step], future: [] } }
}

/** `first`, then `second`, without growing with every key: of two settings of the same thing only the one that counts stays. */
function joined(first: Change, second: Change): Change {
  if (first.kind === 'configure' && second.kind === 'configure' && first.nodeId === second.nodeId) return second
  if (first.kind === 'label' && second.kind === 'label' && first.nodeId === second.nodeId) return second
  if (first.kind === 'move' && second.kind === 'move')
    return { kind: 'move', positions: { ...first.positions, ...second.positions } }
  if (first.kind === 'about' && second.kind === 'about') return { kind: 'about', patch: { ...first.patch, ...second.patch } }
  if (first.kind === 'marks' && second.kind === 'marks') return { ...first, ...second }
  return { kind: 'batch', changes: [first, second] }
}

/** Takes the last step back; the same state if there is none. */
export function undo(state: Moved): Moved {
  const step = state.history.past.at(-1)
  if (step === undefined) return state
  return {
    document: apply(state.document, step.undo).document,
    history: { past: state.history.past.slice(0, -1), future: [step, ...state.history.future] },
  }
}

/** Does again what was undone last. */
export function redo(state: Moved): Moved {
  const step = state.history.future[0]
  if (step === undefined) return state
  return {
    document: apply(state.document, step.forward).document,
    history: { past: [...state.history.past, { ...step, mergeKey: null }], future: state.history.future.slice(1) },
  }
}
