import type { Plan, Stage } from '#runtime/compile/plan.ts'

/**
 * May a recipient be on several ways while row stages still choose? Who is not chosen on one of them may be sent to on another: then only
 * the end of the run can tell who is no recipient.
 */
export function choosesApart(plan: Plan): boolean {
  const rowStages = new Set(plan.stages.flatMap((stage) => (stage.kind === 'rows' && stage.after === null ? [stage.no] : [])))
  const parts = ({ kind, no, outlets }: Stage): boolean => outlets.length > 1 && (kind === 'audience' || rowStages.has(no))
  const chooses = (stage: Stage): boolean => stage.outlets.some(({ stage: no }) => rowStages.has(no))
  return plan.stages.some((stage) => stage.kind !== 'send' && parts(stage) && chooses(stage))
}
