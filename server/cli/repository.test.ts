import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { projectFolder } from '#server/config.ts'
import { runCli, type CliResult } from './test/run-cli.ts'

// The example of a repository is one that works: what its check runs is run here.

const folder = mkdtempSync(join(tmpdir(), 'alimflow-repository-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
cpSync(join(projectFolder, 'examples/repository'), join(folder, 'ours'), { recursive: true })

const check = parse(readFileSync(join(folder, 'ours/.github/workflows/check.yml'), 'utf8')) as {
  jobs: { check: { steps: { run?: string; if?: string }[] } }
}
const commands = check.jobs.check.steps.flatMap(({ run }) => {
  const [, program = '', args = ''] = /^node alimflow\/server\/cli\/(\S+) (.*)$/.exec(run ?? '') ?? []
  return program === '' ? [] : [{ program, args: args.split(' ') }]
})

const runIt = (name: string): Promise<CliResult> => {
  const { program, args } = commands.find(({ args: [command] }) => command === name) ?? { program: '', args: [] }
  return runCli(program, args, { cwd: folder })
}

test('the check judges the workflow, tests its messages, and puts the draft into the product', () =>
  expect(commands.map(({ args: [command] }) => command)).toEqual(['validate', 'test', 'import']))

test.each(['validate', 'test'])('%s is green', async (name) => {
  const { code, out } = await runIt(name)
  expect(out).toContain('✓')
  expect(code).toBe(0)
})

test('a changed text that a test holds fast turns the check red, and says which', async () => {
  const file = join(folder, 'ours/workflows/receipt.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('결제가 끝났어요', '결제했어요'))
  const { code, out } = await runIt('test')
  expect(out).toContain('결제했어요')
  expect(code).toBe(1)
})
