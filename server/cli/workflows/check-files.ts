import { check } from '#runtime/compile/check.ts'
import { createDescriptionCache } from '#runtime/compile/description-cache.ts'
import { channelsOf } from '#runtime/flow-test/channels.ts'
import { givenHost } from '#runtime/flow-test/given-host.ts'
import { runFlowTest } from '#runtime/flow-test/run-flow-test.ts'
import { collectInner } from '#runtime/inner/inner-workflows.ts'
import { unfold } from '#runtime/inner/unfold.ts'
import type { Registry } from '#runtime/registry.ts'
import { systemClock } from '#server/clock.ts'
import { terminalLanguage } from '#server/start/language.ts'
import { innerBeside, readFlowTests, readWorkflowFile, readWorkflow } from './files.ts'
import { inWords, type FileReport } from './report.ts'

/** Nobody is asked here: what a database would answer stays unknown, and is no mistake of the file. */
const NOT_ASKED = 'not-checked-yet'

/** Judges a workflow file without any connection: its form, steps, lines, settings, and the columns as far as they are known. */
export async function validateFile(file: string, registry: Registry): Promise<FileReport> {
  const language = terminalLanguage()
  try {
    const document = readWorkflowFile(file)
    const inner = innerBeside(file)
    const graph = unfold(readWorkflow(file), await collectInner(document, inner)).document
    const { problems } = await check(document, {
      registry: withoutAsking(registry),
      host: givenHost({ document: graph, given: {}, channels: channelsOf(graph, registry), clock: systemClock, inner }),
      cache: createDescriptionCache(systemClock),
      timezone: 'Asia/Seoul',
      signal: new AbortController().signal,
    })
    const seen = problems.filter(({ code }) => code !== NOT_ASKED)
    const items = seen.map(({ severity, code, nodeId, field, message }) => {
      const place = [nodeId, field].filter((part) => part !== undefined).join('.')
      return {
        ok: severity !== 'error',
        lines: [`${severity} ${code}${place === '' ? '' : ` at ${place}`}: ${message[language]}`],
      }
    })
    return { file, ok: items.every(({ ok }) => ok), items }
  } catch (error) {
    return { file, ok: false, items: [{ ok: false, lines: [inWords(error)] }] }
  }
}

/** Runs the flow tests of a file. */
export async function testFile(file: string, registry: Registry): Promise<FileReport> {
  try {
    const { tests, path, document } = readFlowTests(file)
    const items: { name: string; ok: boolean; lines: string[] }[] = []
    for (const test of tests) {
      const lines = await runFlowTest(document, test, { registry, inner: innerBeside(path) })
      items.push({ name: test.name, ok: lines.length === 0, lines })
    }
    return { file, ok: items.every(({ ok }) => ok), items }
  } catch (error) {
    return { file, ok: false, items: [{ ok: false, lines: [inWords(error)] }] }
  }
}

/** The same node types, none of which asks the outside for its columns. */
function withoutAsking(registry: Registry): Pick<Registry, 'node'> {
  return {
    node(name) {
      const known = registry.node(name)
      if (!known?.type.describe) return known
      const type = { ...known.type }
      delete type.describe
      return { ...known, type }
    },
  }
}
