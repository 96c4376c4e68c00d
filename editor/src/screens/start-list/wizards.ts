export type WizardStep = 'people' | 'message' | 'audience' | 'mapping' | 'send'

/** A way to a workflow without the canvas: its pages in their order, and where they are. */
export interface Wizard {
  readonly to: '/start/list' | '/start/steps'
  readonly title: 'startList.title' | 'startSteps.title'
  readonly steps: readonly WizardStep[]
}

/** From a spreadsheet: who, what, send. */
export const LIST_WIZARD: Wizard = { to: '/start/list', title: 'startList.title', steps: ['people', 'message', 'send'] }

/** Text, audience, mapping, as the three-step platform has it; then what comes of it. */
export const STEPS_WIZARD: Wizard = {
  to: '/start/steps',
  title: 'startSteps.title',
  steps: ['message', 'audience', 'mapping', 'send'],
}
