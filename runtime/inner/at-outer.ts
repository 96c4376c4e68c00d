import type { Localized } from '#schemas/localized.ts'
import type { Fix, Problem } from '#schemas/problem.ts'
import { outermost, PART_PORT } from '#schemas/sub-workflow.ts'
import type { Unfolded } from './unfold.ts'

interface Names {
  readonly steps: ReadonlyMap<string, Unfolded>
  readonly nameOf: (id: string) => Localized
}

/**
 * A problem as people see it, who see the drawn graph: one of an inner step stands at the step that the inner one is in, with the inner one's
 * name before it. What is wrong where people come in or go out is about the outer step itself, and can be mended there.
 */
export function atOuter(problem: Problem, { steps, nameOf }: Names): Problem {
  const { nodeId, edgeId, field, position, fix, ...rest } = problem
  const outer = nodeId === undefined ? undefined : outermost(nodeId)
  const mended = fix && outside(fix, steps)
  const seen: Problem = {
    ...rest,
    ...(outer !== undefined && { nodeId: outer }),
    ...(edgeId !== undefined && outermost(edgeId) === edgeId && { edgeId }),
    ...(mended && { fix: mended }),
  }
  if (outer === undefined || nodeId === outer || isBorder(nodeId, outer, steps))
    return { ...seen, ...(field !== undefined && { field }), ...(position && { position }) }
  return { ...seen, message: within(wayTo(nodeId ?? '', { steps, nameOf }), rest.message) }
}

function isBorder(nodeId: string | undefined, outer: string, steps: Names['steps']): boolean {
  const step = steps.get(outer)
  return step !== undefined && nodeId !== undefined && (step.entry === nodeId || [...step.exits.values()].includes(nodeId))
}

/** Names of the steps on the way into an inner one, without the outermost, at which the problem stands. */
function wayTo(nodeId: string, { steps, nameOf }: Names): Localized[] {
  const names: Localized[] = []
  for (let end = nodeId.indexOf('/'); end >= 0; end = nodeId.indexOf('/', end + 1)) {
    const inner = nodeId.indexOf('/', end + 1)
    const id = inner < 0 ? nodeId : nodeId.slice(0, inner)
    const step = steps.get(id)
    names.push(step ? { en: step.inner.name, ko: step.inner.name } : nameOf(id))
  }
  return names
}

function within(way: readonly Localized[], message: Localized): Localized {
  const named = (language: keyof Localized): string => way.map((name) => name[language]).join(' › ')
  return { en: `Inside, at "${named('en')}": ${message.en}`, ko: `안에 있는 ‘${named('ko')}’ 단계: ${message.ko}` }
}

/** A mend in terms of the drawn graph; null: what it changes is inside, where nobody can change it from here. */
function outside({ nodeId, connect, removeEdgeId, ...fix }: Fix, steps: Names['steps']): Fix | null {
  const at = nodeId === undefined ? undefined : outermost(nodeId)
  if (nodeId !== undefined && at !== nodeId && !(at !== undefined && steps.get(at)?.entry === nodeId)) return null
  if (removeEdgeId !== undefined && outermost(removeEdgeId) !== removeEdgeId) return null
  const line = connect && lineOutside(connect, steps)
  if (line === null) return null
  return {
    ...fix,
    ...(at !== undefined && { nodeId: at }),
    ...(line && { connect: line }),
    ...(removeEdgeId !== undefined && { removeEdgeId }),
  }
}

function lineOutside(
  { source, sourcePort, target, targetPort }: NonNullable<Fix['connect']>,
  steps: Names['steps'],
): Fix['connect'] | null {
  const [from, to] = [outermost(source), outermost(target)]
  const exit = from === source ? sourcePort : [...(steps.get(from)?.exits ?? [])].find(([, id]) => id === source)?.[0]
  const entry = to === target ? targetPort : steps.get(to)?.entry === target ? PART_PORT : undefined
  return exit === undefined || entry === undefined ? null : { source: from, sourcePort: exit, target: to, targetPort: entry }
}
