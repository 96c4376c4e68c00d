import { api, ApiError } from '#editor/api/client.ts'
import type { Validation } from '#schemas/api/workflows.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { breakOf } from './json-break.ts'
import { lineOf, linesOf } from './json-lines.ts'

/** One thing that keeps a file from being a workflow, with the line of the file where it is. */
export interface Fault {
  readonly kind: 'empty' | 'tooLarge' | 'syntax' | 'field'
  readonly line: number | null
  /** What the line says, shortened. */
  readonly excerpt: string
  /** `field`: what the server says about it, and where it is. */
  readonly message: string
  readonly path: string
}

export type Checked =
  | { readonly ok: true; readonly document: WorkflowDocument; readonly text: string }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** Bytes. The largest workflow that the product takes is smaller. */
const LARGEST = 5_000_000
const EXCERPT = 80

/** Reads a file as a workflow: its form is judged by the server, every fault has its line. Throws when the server cannot be asked. */
export async function checkFile(file: Blob): Promise<Checked> {
  const ask = (document: unknown) => api.post<Validation>('/api/validate', { document })
  const found = await askWithFile(file, { name: 'document', ask })
  // The server took it as one.
  return found.ok ? { ok: true, document: found.content as WorkflowDocument, text: found.text } : found
}

export type Asked<Answer> =
  | { readonly ok: true; readonly content: unknown; readonly text: string; readonly answer: Answer }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/**
 * Asks the server something with the content of a JSON file, which stands in the body of the call by this `name`: what is wrong with its form
 * is told with its line. Throws when the server cannot be asked.
 */
export async function askWithFile<Answer>(
  file: Blob,
  { name, ask }: { readonly name: string; readonly ask: (content: unknown) => Promise<Answer> },
): Promise<Asked<Answer>> {
  if (file.size > LARGEST) return refused('tooLarge', null, '')
  const text = (await file.text()).replace(/^\uFEFF/, '')
  if (text.trim() === '') return refused('empty', null, '')
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return refused('syntax', lineOfSyntax(text), text)
  }
  try {
    return { ok: true, content, text, answer: await ask(content) }
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'invalid-fields') throw error
    return { ok: false, faults: faultsOf(text, name, error) }
  }
}

function refused(kind: 'empty' | 'tooLarge' | 'syntax', line: number | null, text: string): { ok: false; faults: Fault[] } {
  return { ok: false, faults: [{ kind, line, excerpt: excerptOf(text, line), message: '', path: '' }] }
}

function faultsOf(text: string, name: string, { fields }: ApiError): Fault[] {
  const lines = linesOf(text)
  const faults = fields.map(({ path, message }): Fault => {
    const inside = path === name ? '' : path.startsWith(`${name}/`) ? path.slice(name.length + 1) : path
    const line = lineOf(lines, inside)
    return { kind: 'field', line, excerpt: excerptOf(text, line), message, path: inside }
  })
  return faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

/** The line in which a text that is no JSON breaks. */
export const lineOfSyntax = (text: string): number => text.slice(0, breakOf(text)).split('\n').length

function excerptOf(text: string, line: number | null): string {
  const whole = line === null ? '' : (text.split('\n')[line - 1] ?? '').trim()
  return whole.length > EXCERPT ? `${whole.slice(0, EXCERPT)}…` : whole
}
