import { AppError } from '#runtime/sdk/index.ts'
import { terminalLanguage } from '#server/start/language.ts'

/** What one file came to: nothing to say means that it is well. */
export interface FileReport {
  readonly file: string
  readonly ok: boolean
  /** `name`: of a test. */
  readonly items: readonly { readonly name?: string; readonly ok: boolean; readonly lines: readonly string[] }[]
}

/** Ends of a command: 0 well, 1 something is wrong, 2 not understood. */
export const EXIT = { well: 0, wrong: 1, usage: 2 } as const

/** Says what became of the files, for people or as JSON for a program; the exit code. */
export function tell(reports: readonly FileReport[], { json }: { json: boolean }): number {
  const ok = reports.every((report) => report.ok)
  if (json) process.stdout.write(`${JSON.stringify({ ok, files: reports }, null, 2)}\n`)
  else process.stdout.write(`${reports.flatMap(linesOf).join('\n')}\n`)
  return ok ? EXIT.well : EXIT.wrong
}

const mark = (ok: boolean): string => (ok ? '✓' : '✗')

function linesOf({ file, ok, items }: FileReport): string[] {
  return [
    `${mark(ok)} ${file}`,
    ...items.flatMap(({ name, ok: well, lines }) => [
      ...(name === undefined ? [] : [`  ${mark(well)} ${name}`]),
      ...lines.map((line) => `    ${line}`),
    ]),
  ]
}

/** What went wrong, in the terminal's language. */
export const inWords = (error: unknown): string => {
  if (error instanceof AppError) return `${error.text[terminalLanguage()]} [${error.code}]`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
