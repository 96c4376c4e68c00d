import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'

// The import rules guard the architecture, so they are tested to fail: a rule that matches nothing looks just like a clean project.

const made: string[] = []

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Writes `files` into a folder of their own below `room`, lints it, and gives back what oxlint printed. */
function lint(room: string, files: Record<string, string>): string {
  const folder = join(room, `__arrow_${process.pid}_${made.length}`)
  made.push(folder)
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text.replaceAll('$HERE', folder))
  return spawnSync('node_modules/.bin/oxlint', ['-f', 'unix', folder], { encoding: 'utf8' }).stdout
}

const forbidden: [room: string, specifier: string][] = [
  ['schemas', '#runtime/sdk/index.ts'],
  ['schemas', '#server/app.ts'],
  ['runtime', '#server/app.ts'],
  ['runtime', '#nodes/all.ts'],
  ['runtime', '../../server/app.ts'],
  ['nodes', '#server/app.ts'],
  ['nodes', '#runtime/compile/compile.ts'],
  ['nodes', '../../runtime/compile/compile.ts'],
  ['server', '#editor/main.tsx'],
  ['editor/src', '#server/app.ts'],
  ['editor/src', '#runtime/sdk/index.ts'],
  ['editor/src', '#nodes/all.ts'],
]

test.each(forbidden)('%s must not import %s', (room, specifier) => {
  expect(lint(room, { 'f.ts': `import '${specifier}'\n` })).toContain('no-restricted-imports')
})

test('a forbidden re-export is found too', () => {
  expect(lint('runtime', { 'f.ts': "export { x } from '#server/app.ts'\n" })).toContain('no-restricted-imports')
})

test.each([
  ['runtime', '#schemas/workflow.ts'],
  ['nodes', '#runtime/sdk/index.ts'],
  ['nodes', '#schemas/workflow.ts'],
  ['server', '#runtime/compile/compile.ts'],
  ['editor/src', '#schemas/workflow.ts'],
])('%s may import %s', (room, specifier) => {
  expect(lint(room, { 'f.ts': `import '${specifier}'\n` })).not.toContain('no-restricted-imports')
})

test('a circle of modules is found', () => {
  const output = lint('runtime', {
    'a.ts': "import { b } from './b.ts'\nexport const a = () => b\n",
    'b.ts': "import { a } from './a.ts'\nexport const b = () => a\n",
  })
  expect(output).toContain('no-cycle')
})

test('a circle of types is found', () => {
  const output = lint('runtime', {
    'a.ts': "import type { B } from './b.ts'\nexport type A = { b: B }\n",
    'b.ts': "import type { A } from './a.ts'\nexport type B = { a: A }\n",
  })
  expect(output).toContain('no-cycle')
})
