import { DEFAULT_GUARDS, type Guards } from '#schemas/guards.ts'

/** How a guard is set: as the workspace says, with a figure of its own, or not at all. */
export type GuardMode = 'default' | 'own' | 'off'

/** Guards that are one figure. `jump` is its factor. */
export const GUARD_FIGURES = ['maxRecipients', 'jump', 'missingValues', 'cost'] as const
export type GuardFigure = (typeof GUARD_FIGURES)[number]

/** A figure to begin with where the workspace has none. */
const FIRST: Readonly<Record<GuardFigure, number>> = { maxRecipients: 10_000, jump: 3, missingValues: 0, cost: 100_000 }

/** The figure of a guard; null: switched off; undefined: not set. */
export function figureOf(guards: Guards, name: GuardFigure): number | null | undefined {
  if (name !== 'jump') return guards[name]
  return guards.jump === undefined || guards.jump === null ? guards.jump : guards.jump.factor
}

export function modeOf(guards: Guards, name: GuardFigure): GuardMode {
  const figure = figureOf(guards, name)
  if (figure === undefined) return 'default'
  return figure === null ? 'off' : 'own'
}

/** The guards with one figure set, switched off (null) or left to the workspace (undefined). */
export function withFigure(guards: Guards, name: GuardFigure, figure: number | null | undefined): Guards {
  const { [name]: _old, ...others } = guards
  if (figure === undefined) return others
  if (name !== 'jump') return { ...others, [name]: figure }
  return { ...others, jump: figure === null ? null : { factor: figure } }
}

/** What choosing a mode makes of a guard: an own figure begins with the one that held so far. */
export function withMode(guards: Guards, name: GuardFigure, { mode, workspace }: { mode: GuardMode; workspace: Guards }): Guards {
  if (mode === 'default') return withFigure(guards, name, undefined)
  if (mode === 'off') return withFigure(guards, name, null)
  return withFigure(guards, name, figureOf({ ...DEFAULT_GUARDS, ...workspace }, name) ?? FIRST[name])
}
