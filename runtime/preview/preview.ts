import type { Language } from '#schemas/localized.ts'
import type { Preview, PreviewMessage } from '#schemas/preview.ts'
import type { Problem } from '#schemas/problem.ts'
import { checkGraph } from '#runtime/compile/check.ts'
import type { CheckDeps } from '#runtime/compile/describe.ts'
import { ofError, toProblem } from '#runtime/compile/finding.ts'
import { timezoneOf } from '#runtime/compile/timezone.ts'
import type { Walk } from '#runtime/compile/walk.ts'
import { atOuter } from '#runtime/inner/at-outer.ts'
import { outerRows } from '#runtime/inner/outer-facts.ts'
import { nodeOfError } from '#runtime/flow/node-error.ts'
import { namesOf } from '#runtime/run/address-column.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { Recorder } from './recorder.ts'
import { runPreview, type Witness } from './run-preview.ts'
import { runnableOf, type Runnable } from './runnable.ts'
import { sealing, type PinnedSamples } from './samples.ts'

/** What a preview is given. There is no provider among it: a preview cannot send. */
export interface PreviewDeps extends CheckDeps {
  /** People at most. */
  readonly limit: number
  /** Each source is read to its end, or to the limit; else several share the limit, so that something of each is shown. */
  readonly all?: boolean
  /** The last step to run: nothing behind it is. */
  readonly until?: string
  /** Of the reasons why rows failed or were left out. Default: Korean. */
  readonly language?: Language
  /** What people pinned of its sources; and rows are sealed so that more can be. */
  readonly samples?: PinnedSamples
}

/**
 * The first `limit` people through the graph, by the same nodes and the same flow as a run, down to the texts of every channel
 * (those of fallbacks too, marked). A graph with errors is run up to the steps that are broken; what fails on the way is a problem of
 * its step, and what was seen until then is shown. Throws `not-found` for an `until` that is no step, and when the signal fires.
 */
export async function preview(document: unknown, deps: PreviewDeps): Promise<Preview> {
  const { checked, graph, walk, found } = await checkGraph(document, deps)
  if (deps.until !== undefined && graph.document && !graph.nodes.has(deps.until) && !graph.steps.has(deps.until))
    throw new AppError('not-found', { what: 'step' })
  const problems: Problem[] = [...checked.problems]
  const runnable = runnableOf({ graph, walk, problems: found }, deps.until ?? null)
  if (!runnable) return { problems, nodes: {}, messages: [] }
  const language = deps.language ?? 'ko'
  const recorder = new Recorder({ walk, addresses: addressColumns(walk), language })
  for (const id of [...runnable.sources.map(({ id }) => id), ...runnable.transforms, ...runnable.channels]) recorder.node(id)
  const messages: PreviewMessage[] = []
  const { samples } = deps
  const keep = (nodeId: string, sealed: readonly string[]) => recorder.sealed(nodeId, sealed)
  const seal = samples && sealing(samples, { sources: runnable.sources, walk, keep })
  try {
    const witness: Witness = {
      seen: (place, items) => {
        recorder.seen(place, items)
        seal?.(place, items)
      },
      took: (nodeId, ms) => recorder.took(nodeId, ms),
      cost: (nodeId, statements) => recorder.cost(nodeId, statements),
      failed: (nodeId, rows) => recorder.failed(nodeId, rows),
      skipped: (nodeId, rows) => recorder.skipped(nodeId, rows),
      moreToCome: () => recorder.moreToCome(),
      messages: (made) => void messages.push(...made.map(({ shown }) => shown)),
    }
    await runPreview({ runnable, walk, deps, timezone: timezoneOf(graph, deps.timezone), witness, language })
  } catch (error) {
    deps.signal.throwIfAborted()
    if (!(error instanceof AppError)) throw error
    const problem = toProblem(ofError(nodeOfError(error) ?? runnable.sources[0]?.id ?? '', error))
    problems.push(atOuter(problem, { steps: graph.steps, nameOf: (id) => graph.nodes.get(id)?.name ?? { en: id, ko: id } }))
  }
  return { problems, nodes: { ...recorder.nodes, ...outerRows(graph, recorder.nodes) }, messages: inOrder(messages, runnable) }
}

/** Columns that hold an address of some channel, also where a workflow inside calls it otherwise. */
function addressColumns(walk: Walk): Set<string> {
  const nodes = Object.values(walk.nodes)
  const names = nodes.flatMap(({ type, config }) => {
    try {
      return type.channel ? [...namesOf(type.channel.address(config), nodes)] : []
    } catch {
      // A plugin's mistake; compile has named it already.
      return []
    }
  })
  return new Set(names)
}

/** By person, then in the order of the steps. */
function inOrder(messages: readonly PreviewMessage[], { channels }: Runnable): PreviewMessage[] {
  return messages.toSorted((a, b) => a.row - b.row || channels.indexOf(a.nodeId) - channels.indexOf(b.nodeId))
}
