import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Parts } from '#schemas/api/parts.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { Preview } from '#schemas/preview.ts'
import type { Run } from '#schemas/run.ts'
import { SUB_WORKFLOW } from '#schemas/sub-workflow.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { workflowFileName, workflowFileText } from '#schemas/workflow-file.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { terminalLanguage } from '#server/start/language.ts'
import { isThreeStep } from '#schemas/is-three-step.ts'
import type { ImportedWorkflow } from '#schemas/api/imports.ts'
import { readWorkflow, readWorkflowFile } from './files.ts'
import { allWorkflows, workflowCalled, type ProductApi } from './product.ts'
import { inWords, type FileReport } from './report.ts'

/** A run ends when its messages went out; reports may come for days. */
const ENDED = new Set(['settling', 'completed', 'failed', 'cancelled'])
const LOOK_MS = 1000

/** One thing done, as a report: what throws is the report. */
async function done(file: string, work: () => Promise<{ ok?: boolean; lines: string[] }>): Promise<FileReport> {
  try {
    const { ok = true, lines } = await work()
    return { file, ok, items: lines.length === 0 ? [] : [{ ok, lines }] }
  } catch (error) {
    // What the product said is a sentence; the place in our code helps nobody.
    const lines = [error instanceof AppError || !(error instanceof Error) ? inWords(error) : error.message]
    return { file, ok: false, items: [{ ok: false, lines }] }
  }
}

/** Puts the workflow of a file into the product: the one of the same name is changed, else a new one is made. It is a draft until published. */
export const importFile = (file: string, api: ProductApi): Promise<FileReport> =>
  done(file, async () => {
    const raw = readWorkflowFile(file)
    if (isThreeStep(raw)) return importThreeStep(raw, api)
    const document = await withPartsOf(readWorkflow(file), api)
    const known = await workflowCalled(api, document.name)
    if (!known) {
      const { id } = await api.call<Workflow>('POST', '/api/workflows', { body: document })
      return { lines: [`made: ${id}`] }
    }
    const { revision } = await api.call<Workflow>('GET', `/api/workflows/${known.id}`)
    const saved = await api.call<Workflow>('PUT', `/api/workflows/${known.id}`, { body: { revision, document } })
    return { lines: [saved.revision === revision ? `unchanged: ${known.id}` : `changed: ${known.id}`] }
  })

/** A three-step workflow becomes a new draft. What people made of it since is not written over: one of its name is left as it is. */
async function importThreeStep(raw: unknown, api: ProductApi): Promise<{ ok?: boolean; lines: string[] }> {
  const { name } = raw as { name?: unknown } // an object, as isThreeStep found
  const known = typeof name === 'string' ? await workflowCalled(api, name.trim()) : null
  if (known) return { ok: false, lines: [`there already: ${known.id}. Delete or rename it to import the file again.`] }
  const { workflow, notes } = await api.call<ImportedWorkflow>('POST', '/api/workflows/import', { body: raw })
  const language = terminalLanguage()
  return { lines: [`made: ${workflow.id}`, ...notes.map(({ kind, message }) => `${kind}: ${message[language]}`)] }
}

/**
 * The document with the workflows that it uses inside as this product knows them: one that is not here under its id is looked for by its name, and
 * used in its newest version. One that is not here at all stays as it is, and is a problem of the draft.
 */
async function withPartsOf(document: WorkflowDocument, api: ProductApi): Promise<WorkflowDocument> {
  if (!document.nodes.some(({ type }) => type === SUB_WORKFLOW)) return document
  const { items } = await api.call<Parts>('GET', '/api/parts')
  const nodes = document.nodes.map((node) => {
    if (node.type !== SUB_WORKFLOW || items.some(({ id }) => id === node.config.workflow)) return node
    const [found, other] = items.filter(({ name }) => name === node.config.name)
    return found && !other
      ? { ...node, config: { ...node.config, workflow: found.id, version: found.version, ...found.face } }
      : node
  })
  return { ...document, nodes }
}

/** Writes workflows (all where none is named) as files into a folder: what they hold is text that git compares line by line. */
export async function exportWorkflows(names: readonly string[], folder: string, api: ProductApi): Promise<FileReport[]> {
  const ids = names.length > 0 ? names : (await allWorkflows(api)).map(({ id }) => id)
  mkdirSync(folder, { recursive: true })
  const taken = new Set<string>()
  const reports: FileReport[] = []
  for (const wanted of ids) reports.push(await done(wanted, () => exportOne(wanted, { folder, api, taken })))
  return reports
}

async function exportOne(
  wanted: string,
  { folder, api, taken }: { folder: string; api: ProductApi; taken: Set<string> },
): Promise<{ lines: string[] }> {
  const known = await workflowCalled(api, wanted)
  if (!known) throw new AppError('not-found', { what: 'workflow' })
  const { document } = await api.call<Workflow>('GET', `/api/workflows/${known.id}`)
  const plain = workflowFileName(document.name)
  const name = taken.has(plain) ? `${plain}-${known.id}` : plain
  taken.add(name)
  const file = join(folder, `${name}.json`)
  writeFileSync(file, workflowFileText(document))
  return { lines: [file] }
}

/** The first people of a file's workflow, asked of the product's own connections. Nothing is sent. */
export const previewFile = (file: string, limit: number, api: ProductApi): Promise<FileReport> =>
  done(file, async () => {
    const document = readWorkflow(file)
    const { problems, messages } = await api.call<Preview>('POST', '/api/preview', { body: { document, limit } })
    const language = terminalLanguage()
    const found = problems.map(
      ({ severity, code, nodeId, message }) => `${severity} ${code}${nodeId ? ` at ${nodeId}` : ''}: ${message[language]}`,
    )
    const texts = messages.map(
      ({ row, nodeId, address, parts, error }) =>
        `${row + 1} ${nodeId} ${address ?? '-'}: ${error ? error.message : parts.body.replaceAll('\n', ' ⏎ ')}`,
    )
    return { ok: !problems.some(({ severity }) => severity === 'error'), lines: [...found, ...texts] }
  })

/** Starts a run of a workflow of the product; `wait`: until its messages went out. */
export const runWorkflow = (wanted: string, wait: boolean, api: ProductApi): Promise<FileReport> =>
  done(wanted, async () => {
    const known = await workflowCalled(api, wanted)
    if (!known) throw new AppError('not-found', { what: 'workflow' })
    const { runId } = await api.call<{ runId: string }>('POST', `/api/workflows/${known.id}/execute`, {
      body: {},
      headers: { 'idempotency-key': randomUUID() },
    })
    if (!wait) return { lines: [`run: ${runId}`] }
    for (;;) {
      const run = await api.call<Run>('GET', `/api/runs/${runId}`)
      if (ENDED.has(run.state) || run.state === 'paused') {
        const counts = Object.entries(run.outcomes).filter(([, count]) => count > 0)
        const failed =
          (run.outcomes.failed ?? 0) > 0 || run.state === 'failed' || run.state === 'cancelled' || run.state === 'paused'
        return {
          ok: !failed,
          lines: [`run: ${runId}`, `${run.state}: ${counts.map(([state, count]) => `${state} ${count}`).join(', ')}`],
        }
      }
      await sleep(LOOK_MS)
    }
  })
