import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { FlowTestFile } from '#schemas/flow-test.ts'
import { WorkflowDocument } from '#schemas/workflow.ts'
import type { InnerSource } from '#runtime/inner/inner-workflows.ts'
import { compileSchema } from '#runtime/json-schema.ts'
import { AppError } from '#runtime/sdk/index.ts'

const unusable = (file: string, detail: string): AppError => new AppError('workflow-file-unusable', { file, detail })

function readJson(file: string): unknown {
  if (!existsSync(file)) throw unusable(file, 'there is no such file')
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch (error) {
    throw unusable(file, error instanceof Error ? error.message : String(error))
  }
}

function checked(file: string, schema: object): unknown {
  const value = readJson(file)
  const { errors } = compileSchema(schema)(value)
  if (errors.length === 0) return value
  const places = errors.map(({ instancePath, message, params }) => {
    const name = (params as { additionalProperty?: string }).additionalProperty
    return `${instancePath || '/'} ${message ?? ''}${name === undefined ? '' : ` (${name})`}`
  })
  throw unusable(file, [...new Set(places)].slice(0, 10).join('; '))
}

/** A workflow of a file, as it is: `check` judges it. @throws AppError `workflow-file-unusable` */
export const readWorkflowFile = (file: string): unknown => readJson(file)

/** A workflow whose form was checked. @throws AppError `workflow-file-unusable` */
export const readWorkflow = (file: string): WorkflowDocument => checked(file, WorkflowDocument) as WorkflowDocument

/** What the workflow of a file is called. A folder may hold other JSON too, with comments for one: that is none. */
function nameIn(file: string): unknown {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown } | null)?.name
  } catch {
    return undefined
  }
}

/**
 * The workflows that others use inside, as files beside a file: by the name that the step wrote down. A folder holds one version of each, so that
 * is the one that is meant.
 */
export function innerBeside(file: string): InnerSource {
  const folder = dirname(resolve(file))
  return {
    read({ name }) {
      if (name === null) return Promise.resolve(null)
      const names = readdirSync(folder).filter((one) => one.endsWith('.json') && !one.endsWith('.test.json'))
      const found = names.find((one) => nameIn(join(folder, one)) === name)
      return Promise.resolve(found === undefined ? null : { name, document: readWorkflow(join(folder, found)), newest: null })
    },
  }
}

/** A file of flow tests with the workflow that it tests, and where that lies. @throws AppError `workflow-file-unusable` */
export function readFlowTests(file: string): { tests: FlowTestFile['tests']; path: string; document: WorkflowDocument } {
  const { workflow, tests } = checked(file, FlowTestFile) as FlowTestFile
  const path = workflow === undefined ? file.replace(/\.test\.json$/, '.json') : resolve(dirname(file), workflow)
  if (path === file)
    throw unusable(file, 'name it like its workflow with .test.json at the end, or name the workflow in "workflow"')
  return { tests, path, document: readWorkflow(path) }
}
