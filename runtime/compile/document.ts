import type { Localized } from '#schemas/localized.ts'
import { WorkflowDocument } from '#schemas/workflow.ts'
import { compileSchema } from '#runtime/json-schema.ts'
import type { Finding } from './finding.ts'
import { schemaErrors } from './schema-errors.ts'

const check = compileSchema(WorkflowDocument)

/** Keys that would reach into the objects of the language itself. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])
/** Deeper than any real document; a guard for the walks over it. */
const MAX_DEPTH = 64
/** More of the same kind help nobody. */
const MAX_FINDINGS = 50

export interface ReadDocument {
  /** Null: it is not a workflow document. */
  readonly document: WorkflowDocument | null
  readonly findings: readonly Finding[]
}

/** Reads anything as a workflow document. Paths of what is wrong are inside the document: `nodes/2/config`. */
export function readDocument(value: unknown): ReadDocument {
  const forbidden = findForbidden(value)
  if (forbidden) return { document: null, findings: [forbidden] }
  const { value: document, errors } = check(value)
  if (errors.length > 0)
    return { document: null, findings: schemaErrors(WorkflowDocument, errors).slice(0, MAX_FINDINGS).map(invalid) }
  // ajv checked it against the schema that the type is made of.
  return { document: document as WorkflowDocument, findings: [] }
}

function invalid({ path, text }: { path: string; text: Localized }): Finding {
  const at = path === '' ? '' : `${path}: `
  return {
    code: 'invalid-workflow',
    fields: { detail: { en: at + text.en, ko: at + text.ko } },
    ...(path !== '' && { field: path }),
  }
}

function findForbidden(value: unknown, path: readonly string[] = []): Finding | null {
  if (typeof value !== 'object' || value === null) return null
  if (path.length > MAX_DEPTH) {
    const detail = { en: 'it is nested too deeply', ko: '너무 깊이 들어가 있어요' }
    return { code: 'invalid-workflow', fields: { detail }, field: path.slice(0, 8).join('/') }
  }
  for (const [key, inner] of Object.entries(value)) {
    const here = [...path, key]
    if (FORBIDDEN.has(key)) return { code: 'forbidden-key', fields: { key }, field: here.join('/') }
    const found = findForbidden(inner, here)
    if (found) return found
  }
  return null
}
