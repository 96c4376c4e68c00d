import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { FlowTestFile } from '#schemas/flow-test.ts'
import { compileSchema } from '#runtime/json-schema.ts'
import { nodeChecks } from '#runtime/sdk/test/node-checks.ts'
import type { NodeType } from '#runtime/sdk/index.ts'
import { projectFolder } from '#server/config.ts'
import { readPluginFile } from '#server/node-types/plugin-file.ts'
import { runCli } from './test/run-cli.ts'

// Inside the project: a node file finds the public API by the project's own names.
const folder = mkdtempSync(join(projectFolder, 'plugins-docs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The code blocks of a page, with their language. */
function blocksOf(page: string): { language: string; code: string }[] {
  const text = readFileSync(join(projectFolder, 'docs', page), 'utf8')
  return [...text.matchAll(/```(\w+)\n([^]*?)```/g)].map(([, language = '', code = '']) => ({ language, code }))
}

test('every node in the page about nodes passes the kit', async () => {
  const nodes = blocksOf('writing-a-node.md').filter(
    ({ language, code }) => /^(ts|js)$/.test(language) && code.includes('export default'),
  )
  expect(nodes).toHaveLength(3)
  for (const [index, { language, code }] of nodes.entries()) {
    const path = join(folder, `block-${index}.${language === 'ts' ? 'ts' : 'mjs'}`)
    writeFileSync(path, code)
    const { values } = await readPluginFile(path, { file: `block ${index}` })
    // Whatever the block brings is checked.
    for (const check of values.flatMap((value) => nodeChecks(value as NodeType)))
      expect(await check.run(), check.name.en).toEqual([])
  }
}, 180_000)

test('the flow test in the page about workflows has the form of one, and its commands are those of the program', async () => {
  const [json] = blocksOf('workflows-as-code.md').filter(({ language }) => language === 'json')
  expect(compileSchema(FlowTestFile)(JSON.parse(json?.code ?? '')).errors).toEqual([])
  const { out } = await runCli('alimflow.ts', ['help'])
  const page = readFileSync(join(projectFolder, 'docs/workflows-as-code.md'), 'utf8')
  const named = [...page.matchAll(/^\| `alimflow (\w+)/gm)].map(([, name]) => name)
  expect(named).toEqual(['validate', 'test', 'preview', 'import', 'export', 'run'])
  for (const name of named) expect(out).toContain(`\n  ${name} <`.replace('export <', 'export ['))
}, 180_000)
