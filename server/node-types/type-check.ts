import { execFile } from 'node:child_process'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#runtime/sdk/index.ts'
import { projectFolder } from '#server/config.ts'

/** A compiler that hangs must not hold up whoever waits for it, ms. */
const PATIENCE_MS = 60_000

/** As tsconfig.json, for a single file. */
const OPTIONS = (
  '--pretty false --noEmit --ignoreConfig --strict --noUncheckedIndexedAccess --skipLibCheck --erasableSyntaxOnly ' +
  '--verbatimModuleSyntax --allowImportingTsExtensions --types node --target es2024 --lib es2024,esnext.disposable --module nodenext'
).split(' ')

/**
 * What TypeScript finds in a node file, in plain words and in the order of the lines. Node runs a file whatever its types are, so a mistake
 * would only show when rows come. Null where the compiler is not installed (a container without development packages) or fails by itself.
 * @param file how the file is named to people
 */
export async function typeMistakes(
  path: string,
  file = `${basename(dirname(path))}/${basename(path)}`,
): Promise<AppError[] | null> {
  if (!path.endsWith('.ts')) return []
  const compiler = compilerPath()
  if (compiler === null) return null
  const output = await runCompiler(compiler, path)
  if (output === null) return null
  const lines = output.split('\n').flatMap((line) => /^(.+)\((\d+),\d+\): error (TS\d+): (.*)$/.exec(line) ?? [])
  const found: AppError[] = []
  for (let at = 0; at < lines.length; at += 5) {
    const [, where = '', line = '', code = '', message = ''] = lines.slice(at, at + 5)
    if (basename(where) === basename(path)) found.push(inPlainWords(code, message, { file, line }))
  }
  return found
}

function compilerPath(): string | null {
  try {
    return join(dirname(new URL(import.meta.resolve('typescript/package.json')).pathname), 'bin', 'tsc')
  } catch {
    return null
  }
}

function runCompiler(compiler: string, path: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [compiler, ...OPTIONS, path],
      { cwd: projectFolder, timeout: PATIENCE_MS, maxBuffer: 4 * 1024 * 1024 },
      // It ends with 1 or 2 where it found mistakes.
      (error, stdout) => resolve(error !== null && error.killed === true ? null : stdout),
    )
  })
}

interface Place {
  readonly file: string
  readonly line: string
}

/** The mistakes of a first node file, in words; TypeScript's own for the rest. */
function inPlainWords(code: string, message: string, { file, line }: Place): AppError {
  const names = [...message.matchAll(/'([^']*)'/g)].map(([, name = '']) => name)
  const [first = '', second = ''] = names
  if ((code === 'TS2322' || code === 'TS2345') && names.length === 2)
    return new AppError('plugin-wrong-value', { file, line, wanted: short(second), given: short(first) })
  if (code === 'TS2741') return new AppError('plugin-field-missing', { file, line, field: first })
  if (code === 'TS2739' || code === 'TS2740')
    return new AppError('plugin-field-missing', { file, line, field: message.split(': ').at(-1) ?? '' })
  if (code === 'TS2353' || code === 'TS2561' || code === 'TS2339' || code === 'TS2551')
    return new AppError('plugin-field-unknown', { file, line, field: first })
  if (code === 'TS2304' || code === 'TS2552' || code === 'TS2305')
    return new AppError('plugin-name-unknown', { file, line, name: code === 'TS2305' ? second : first })
  if (code === 'TS18047' || code === 'TS18048' || code === 'TS18049')
    return new AppError('plugin-maybe-empty', { file, line, name: first })
  return new AppError('plugin-type-mistake', { file, line, detail: message })
}

/** A long type says nothing to a reader: its beginning is enough. */
const short = (type: string): string => (type.length > 60 ? `${type.slice(0, 57)}…` : type)
