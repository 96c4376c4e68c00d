import type { AudienceCheck } from '#schemas/audience.ts'
import type { Language } from '#schemas/localized.ts'
import { checkGraph } from '#runtime/compile/check.ts'
import type { CheckDeps } from '#runtime/compile/describe.ts'
import { timezoneOf } from '#runtime/compile/timezone.ts'
import { runPreview } from '#runtime/preview/run-preview.ts'
import { runnableOf } from '#runtime/preview/runnable.ts'
import { AudienceTally, type AudienceFigures } from './tally.ts'

export interface AudienceDeps extends CheckDeps {
  /** People at most. */
  readonly limit: number
  readonly language: Language
  /** Told after each batch of people, with the figures until then; waited for. */
  progress(figures: AudienceFigures): Promise<void>
}

type AudienceResult = AudienceFigures & Pick<AudienceCheck, 'complete'>

/**
 * The whole audience through the graph, streamed, by the same nodes, flow and composers as a run, down to the texts. Nothing is sent and
 * nothing of a row is kept but its share of the counts; a few messages worth looking at are. A graph whose
 * people cannot be read is not complete. Throws what the source or a step throws, and when the signal fires.
 */
export async function checkAudience(document: unknown, deps: AudienceDeps): Promise<AudienceResult> {
  const { found, graph, walk } = await checkGraph(document, deps)
  const runnable = runnableOf({ graph, walk, problems: found }, null)
  if (!runnable) return { people: 0, missing: [], leftOut: [], channels: [], complete: false }
  const { language } = deps
  const tally: AudienceTally = new AudienceTally({
    walk,
    channels: runnable.channels,
    language,
    breathe: async () => {
      deps.signal.throwIfAborted()
      await deps.progress(tally.figures())
    },
  })
  const { host, limit, signal } = deps
  const timezone = timezoneOf(graph, deps.timezone)
  await runPreview({ runnable, walk, deps: { host, limit, signal, all: true }, timezone, language, witness: tally })
  return { ...tally.figures(), complete: tally.complete }
}
