import type { AudienceCases, AudienceChannel, AudienceCheck } from '#schemas/audience.ts'
import { isWithin } from '#schemas/sub-workflow.ts'
import type { PreviewMessage } from '#schemas/preview.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { downstream } from '#editor/model/graph.ts'

export type CaseKind = keyof AudienceCases

export interface MessageCase {
  readonly kind: CaseKind
  readonly message: PreviewMessage
}

const ORDER: readonly CaseKind[] = ['longest', 'missing', 'costliest', 'tooLong', 'notCarried']

/** The figures of the channel that a step's text goes to: its own, else the first after it. */
export function channelOf(
  check: Pick<AudienceCheck, 'channels'> | null,
  document: WorkflowDocument,
  nodeId: string,
): AudienceChannel | null {
  for (const id of [nodeId, ...downstream(document, nodeId)]) {
    const found = check?.channels.find((channel) => isWithin(channel.nodeId, id))
    if (found !== undefined) return found
  }
  return null
}

/** Messages worth a look: of the whole audience as soon as it was counted, until then of the people in the preview. */
export function casesOf(channel: AudienceChannel | null, sample: readonly PreviewMessage[]): MessageCase[] {
  const cases = channel?.cases ?? casesOfSample(sample)
  return ORDER.flatMap((kind) => {
    const message = cases[kind]
    return message === null || message === undefined ? [] : [{ kind, message }]
  })
}

function casesOfSample(sample: readonly PreviewMessage[]): Partial<AudienceCases> {
  const withCode = (code: string) => sample.find(({ error }) => error?.code === code) ?? null
  const [longest] = sample.toSorted((a, b) => b.length.used - a.length.used)
  return {
    longest: longest ?? null,
    missing: sample.find(({ missing }) => missing.length > 0) ?? null,
    tooLong: withCode('text-too-long'),
    notCarried: withCode('text-not-encodable'),
  }
}
