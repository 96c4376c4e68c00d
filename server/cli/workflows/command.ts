import { parseArgs } from 'node:util'
import { nodePackages, pluginsFolder } from '#server/config.ts'
import { registryOf } from '#server/node-types/registry-of.ts'
import { testFile, validateFile } from './check-files.ts'
import { productAt } from './product.ts'
import { exportWorkflows, importFile, previewFile, runWorkflow } from './remote.ts'
import { EXIT, inWords, tell, type FileReport } from './report.ts'

/** Commands that work with workflows as files; `help` of alimflow.ts explains them. */
export type WorkflowCommand = 'validate' | 'test' | 'preview' | 'import' | 'export' | 'run'

const OPTIONS = {
  json: { type: 'boolean', default: false },
  url: { type: 'string' },
  token: { type: 'string' },
  limit: { type: 'string', default: '10' },
  out: { type: 'string', default: 'workflows' },
  wait: { type: 'boolean', default: false },
} as const

const read = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
type Given = ReturnType<typeof read>

/** Does one of them; the exit code: 0 all is well, 1 something is wrong or failed, 2 the command was not understood. */
export async function workflowCommand(
  command: WorkflowCommand,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  let given: Given
  try {
    given = read(args)
  } catch (error) {
    return notUnderstood(error instanceof Error ? error.message : String(error))
  }
  const { values, positionals } = given
  if (positionals.length === 0 && command !== 'export')
    return notUnderstood(`alimflow ${command}: name at least one file or workflow`)
  if (!/^[1-9]\d{0,2}$/.test(values.limit)) return notUnderstood('--limit takes a whole number from 1 to 999')
  try {
    return tell(await reportsOf(command, given, env), values)
  } catch (error) {
    process.stderr.write(`${inWords(error)}\n`)
    return EXIT.wrong
  }
}

function notUnderstood(why: string): number {
  process.stderr.write(`${why}\nalimflow help\n`)
  return EXIT.usage
}

async function reportsOf(
  command: WorkflowCommand,
  { values, positionals }: Given,
  env: Readonly<Record<string, string | undefined>>,
): Promise<FileReport[]> {
  const url = values.url ?? env.ALIMFLOW_URL ?? `http://127.0.0.1:${env.PORT || 3000}`
  const api = productAt(url, values.token ?? env.ALIMFLOW_TOKEN)
  if (command === 'export') return exportWorkflows(positionals, values.out, api)
  if (command === 'import') return each(positionals, (file) => importFile(file, api))
  if (command === 'preview') return each(positionals, (file) => previewFile(file, Number(values.limit), api))
  if (command === 'run') return each(positionals, (name) => runWorkflow(name, values.wait, api))
  const registry = await registryOf({ pluginsDir: pluginsFolder(env), packages: nodePackages(env) })
  return each(positionals, (file) => (command === 'test' ? testFile(file, registry) : validateFile(file, registry)))
}

/** One after the other: what is said comes in the order of the arguments. */
async function each(names: readonly string[], work: (name: string) => Promise<FileReport>): Promise<FileReport[]> {
  const reports: FileReport[] = []
  for (const name of names) reports.push(await work(name))
  return reports
}
