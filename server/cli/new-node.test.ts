import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectFolder } from '#server/config.ts'
import { runCli } from './test/run-cli.ts'

let folder = ''
let named = ''
// Inside the project: a node file finds the public API by the project's own names.
beforeAll(() => {
  folder = mkdtempSync(join(projectFolder, 'plugins-test-'))
  named = basename(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const newNode = (...args: string[]) => runCli('new-node.ts', args, { env: { ALIMFLOW_PLUGINS_DIR: folder } })
const testNode = (...args: string[]) => runCli('test-node.ts', args)

test('a new node is one file that passes the whole kit as it is', async () => {
  const made = await newNode('acme-hello')
  expect(made).toMatchObject({ code: 0, err: '' })
  expect(made.out).toContain(`npm run test:node ${named}/acme-hello.ts`)
  const file = join(folder, 'acme-hello.ts')
  const statement = readFileSync(file, 'utf8').split('\n').slice(3)
  // What does something stands in few lines: from the type to the examples.
  expect(statement.findIndex((line) => line.includes('examples'))).toBeLessThanOrEqual(7)
  const tested = await testNode(file)
  expect(tested.out).toContain('✓ its types fit')
  expect(tested.out).toMatch(/All \d\d checks pass\.\n$/)
  expect(tested.code).toBe(0)
}, 180_000)

test('an existing file is never overwritten, and a name that cannot be is refused', async () => {
  const file = join(folder, 'acme-kept.ts')
  writeFileSync(file, '// mine')
  expect(await newNode('acme-kept')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('was not changed') as string,
  })
  expect(readFileSync(file, 'utf8')).toBe('// mine')
  expect(await newNode('filter')).toMatchObject({ code: 1, err: expect.stringContaining('my-filter') as string })
  for (const name of ['../evil', 'Big', '1st', '']) expect((await newNode(name)).code, name).toBe(2)
  expect((await newNode()).code).toBe(2)
}, 180_000)

test('a mistake of types or of the example is said in words, with the line', async () => {
  const file = join(folder, 'acme-wrong.ts')
  await newNode('acme-wrong')
  const right = readFileSync(file, 'utf8')
  writeFileSync(file, right.replace("adds: 'acme_wrong'", 'adds: 5').replace("to: '김서연님, 안녕하세요!'", "to: '안녕하세요!'"))
  const { code, out } = await testNode(file, '--json')
  expect(code).toBe(1)
  // The program's own output, checked field by field here.
  const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: { name: string; faults: string[] }[] }
  expect(ok).toBe(false)
  const faults = Object.fromEntries(checks.map((check) => [check.name, check.faults]))
  expect(faults['its types fit']).toEqual([
    `${named}/acme-wrong.ts, line 8: a value of the kind string belongs here, but this is number.`,
  ])
  expect(faults['example 1 comes out as it says']?.[0]).toContain('port "rows", row 1: wanted')
}, 180_000)

test('what is no file is a matter of usage', async () => {
  expect((await testNode('plugins/none.ts')).code).toBe(2)
  expect((await testNode()).code).toBe(2)
}, 180_000)
