import { readdirSync, readFileSync } from 'node:fs'
import type { WorkflowCase } from './workflow-case.ts'

/** The cases of a folder below runtime/test/cases. */
export function readCases(folder: string): { file: string; read: WorkflowCase }[] {
  const base = new URL(`./cases/${folder}/`, import.meta.url)
  return readdirSync(base)
    .filter((name) => name.endsWith('.json'))
    .map((file) => {
      const text = readFileSync(new URL(file, base), 'utf8')
      // A case that is written wrong fails in the comparison: every field of it is used there.
      return { file, read: JSON.parse(text) as WorkflowCase }
    })
}
