import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectFolder } from '#server/config.ts'

/** What a command said, and how it ended. */
export interface CliResult {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a program of server/cli as a person does, in the language of the environment. */
export function runCli(
  program: string,
  args: readonly string[],
  { env = {}, cwd = projectFolder }: { env?: Readonly<Record<string, string>>; cwd?: string } = {},
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(projectFolder, 'server/cli', program), ...args], {
      cwd,
      env: { PATH: process.env.PATH ?? '', LANG: 'en_US.UTF-8', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (text: Buffer) => (out += text.toString()))
    child.stderr.on('data', (text: Buffer) => (err += text.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, err }))
  })
}
