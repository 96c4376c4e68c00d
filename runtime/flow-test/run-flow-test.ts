import type { ExpectedMessage, FlowTestCase } from '#schemas/flow-test.ts'
import type { Preview, PreviewMessage } from '#schemas/preview.ts'
import { isWithin } from '#schemas/sub-workflow.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { createDescriptionCache } from '#runtime/compile/description-cache.ts'
import { collectInner, type InnerSource } from '#runtime/inner/inner-workflows.ts'
import { unfold } from '#runtime/inner/unfold.ts'
import { preview } from '#runtime/preview/preview.ts'
import type { Registry, RegisteredNode } from '#runtime/registry.ts'
import type { Batch, Row } from '#runtime/sdk/index.ts'
import { channelsOf } from './channels.ts'
import { givenHost } from './given-host.ts'
import { withOwnQuestions } from './own-questions.ts'
import { virtualClock } from './virtual-clock.ts'

/** A Monday, 09:00 in Korea. */
const USUAL_NOW = '2026-01-05T00:00:00Z'

/**
 * Runs one case through the same steps and the same texts as a real run, with what the case gives in place of the outside, and compares.
 * What is wrong, one sentence each; none: it passed. Nothing is sent.
 */
export async function runFlowTest(
  workflow: WorkflowDocument,
  test: FlowTestCase,
  { registry, inner }: { registry: Pick<Registry, 'node'>; inner: InnerSource },
): Promise<string[]> {
  // Steps of workflows inside are asked and answered like all others: `outer/inner`.
  const document = withOwnQuestions(workflow, test.given)
  const graph = unfold(document, await collectInner(document, inner)).document
  const unknown = Object.keys(test.given).filter((id) => !graph.nodes.some((node) => node.id === id))
  if (unknown.length > 0) return [`given: the workflow has no step ${unknown.map((id) => `"${id}"`).join(', ')}`]
  const clock = virtualClock(new Date(test.now ?? USUAL_NOW))
  // The rows of all sources: what is given is read to the end, whoever is first.
  const rows = Object.values(test.given).reduce((sum, answers) => sum + ('rows' in answers ? answers.rows.length : 0), 0)
  const shown = await preview(document, {
    registry: withEvents(registry, document, test.given),
    host: givenHost({ document: graph, given: test.given, channels: channelsOf(graph, registry), clock, inner }),
    cache: createDescriptionCache(clock),
    timezone: 'Asia/Seoul',
    signal: new AbortController().signal,
    limit: Math.max(1, rows),
    all: true,
    language: 'en',
  })
  return compare(shown, { expected: test.expect, now: clock.now().toISOString() })
}

/** A trigger of events gives the events of the case in place of its made-up one. */
function withEvents(
  registry: Pick<Registry, 'node'>,
  document: WorkflowDocument,
  given: FlowTestCase['given'],
): Pick<Registry, 'node'> {
  const batches = new Map<string, Batch>()
  for (const { id, type } of document.nodes) {
    const answers = given[id]
    // Given rows come from JSON, which is what rows are.
    if (answers && 'rows' in answers && registry.node(type)?.type.event) batches.set(type, answers.rows as Row[])
  }
  const giving = (known: RegisteredNode, rows: Batch): RegisteredNode => ({
    ...known,
    type: {
      ...known.type,
      read: async function* () {
        yield rows
      },
    },
  })
  return {
    node(type) {
      const known = registry.node(type)
      const rows = batches.get(type)
      return known && rows ? giving(known, rows) : known
    },
  }
}

function compare(shown: Preview, { expected, now }: { expected: FlowTestCase['expect']; now: string }): string[] {
  const sent = shown.messages.map((message) => ({ ...message, waitsUntil: message.waitsUntil ?? now }))
  const problems = shown.problems.filter(({ severity }) => severity === 'error')
  const wanted = expected.problems ?? []
  const surprising = problems.filter(({ code }) => !wanted.includes(code))
  const missing = wanted.filter((code) => !problems.some((problem) => problem.code === code))
  return [
    ...surprising.map(
      ({ code, nodeId, message }) => `problem ${code}${nodeId === undefined ? '' : ` at step "${nodeId}"`}: ${message.en}`,
    ),
    ...missing.map((code) => `problem ${code} was expected and did not come`),
    ...compareMessages(
      'message',
      sent.filter(({ fallback }) => !fallback),
      expected.messages,
    ),
    ...compareMessages(
      'fallback',
      sent.filter(({ fallback }) => fallback),
      expected.fallbacks,
    ),
    ...compareLeaving(shown, expected.leftOut),
  ]
}

function compareMessages(
  what: string,
  came: readonly PreviewMessage[],
  wanted: readonly ExpectedMessage[] | undefined,
): string[] {
  if (wanted === undefined) return []
  const count =
    came.length === wanted.length
      ? []
      : [`${wanted.length} ${what}s wanted, ${came.length} came: ${came.map(inShort).join(' · ')}`]
  const each = wanted.flatMap((want, index) => {
    const has = came[index]
    return has === undefined ? [] : differences(want, has).map((text) => `${what} ${index + 1} (${inShort(has)}): ${text}`)
  })
  return [...count, ...each]
}

const inShort = ({ row, nodeId, error }: PreviewMessage): string =>
  `row ${row + 1} at "${nodeId}"${error ? `, ${error.code}` : ''}`

function differences(want: ExpectedMessage, has: PreviewMessage): string[] {
  const facts = {
    row: has.row + 1,
    step: has.nodeId,
    text: has.parts.body,
    title: has.parts.title,
    error: has.error?.code,
  } as const
  const fields = Object.entries(facts).filter(
    ([name, value]) => want[name as keyof typeof facts] !== undefined && want[name as keyof typeof facts] !== value,
  )
  const lines = fields.map(
    ([name, value]) =>
      `${name} wanted ${JSON.stringify(want[name as keyof typeof facts])}, came ${JSON.stringify(value ?? null)}`,
  )
  if (want.at !== undefined && Date.parse(want.at) !== Date.parse(has.waitsUntil ?? ''))
    lines.push(`at wanted ${want.at}, came ${has.waitsUntil}`)
  if (want.error === undefined && has.error) lines.push(`there is no text: ${has.error.message}`)
  if (want.contains !== undefined && !has.parts.body.includes(want.contains))
    lines.push(`the text does not contain ${JSON.stringify(want.contains)}: ${JSON.stringify(has.parts.body)}`)
  return lines
}

function compareLeaving(shown: Preview, wanted: FlowTestCase['expect']['leftOut']): string[] {
  if (wanted === undefined) return []
  const line = ({ row, step, code }: { row: number; step: string; code: string }): string => `row ${row} at "${step}": ${code}`
  const ids = Object.keys(shown.nodes)
  // A step that is a workflow says once more what its inner steps say.
  const own = Object.entries(shown.nodes).filter(([step]) => !ids.some((id) => id !== step && isWithin(id, step)))
  const came = own.flatMap(([step, { failed, skipped }]) =>
    [...failed, ...skipped].map(({ row, code }) => line({ row: row + 1, step, code })),
  )
  const expected = wanted.map(line)
  return [
    ...expected.filter((one) => !came.includes(one)).map((one) => `left out: wanted ${one}, did not come`),
    ...came.filter((one) => !expected.includes(one)).map((one) => `left out: ${one} came, was not wanted`),
  ]
}
