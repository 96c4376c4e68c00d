import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectFolder } from '#server/config.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { ensureEditor, isFresh } from './build-editor.ts'

// A tiny editor in a project of its own, built by the real Vite.
const folder = mkdtempSync(join(tmpdir(), 'alimflow-editor-'))
const write = (path: string, text: string) => writeFileSync(join(folder, path), text)
const signal = new AbortController().signal

beforeAll(() => {
  for (const path of ['editor/src', 'schemas', 'node_modules']) mkdirSync(join(folder, path), { recursive: true })
  symlinkSync(join(projectFolder, 'node_modules/vite'), join(folder, 'node_modules/vite'))
  write('package.json', '{"type":"module"}')
  write('package-lock.json', '{}')
  write('vite.config.ts', `export default { root: 'editor', build: { outDir: 'dist', emptyOutDir: true, manifest: true } }`)
  write('editor/index.html', '<script type="module" src="/src/main.ts"></script>')
  write('editor/src/main.ts', `document.title = '알림'`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function messagesOfBuild(): Promise<string[]> {
  const log = quietLog()
  await ensureEditor(log, signal, folder)
  return log.messages
}

test('is built once, says so, and leaves nothing beside', async () => {
  expect(isFresh(folder)).toBe(false)
  expect((await messagesOfBuild()).join()).toMatch(/Building the editor.*was built in/)
  expect(isFresh(folder)).toBe(true)
  expect(await messagesOfBuild()).toEqual([])
  expect(readdirSync(join(folder, 'node_modules/.cache'))).toEqual([])
})

test('is built again when a source changed, not when a test did', async () => {
  const soon = new Date(Date.now() + 5000)
  write('editor/src/main.test.ts', '')
  utimesSync(join(folder, 'editor/src/main.test.ts'), soon, soon)
  expect(isFresh(folder)).toBe(true)
  utimesSync(join(folder, 'editor/src/main.ts'), soon, soon)
  expect(isFresh(folder)).toBe(false)
  utimesSync(join(folder, 'editor/src/main.ts'), new Date(0), new Date(0))
  expect(isFresh(folder)).toBe(true)
})

test('a build that lacks a file is no build', async () => {
  const assets = join(folder, 'editor/dist/assets')
  for (const name of readdirSync(assets)) rmSync(join(assets, name))
  expect(isFresh(folder)).toBe(false)
  await messagesOfBuild()
  expect(isFresh(folder)).toBe(true)
})

test('broken sources: the older build goes on with a warning; without one it is an error that says where', async () => {
  write('editor/src/main.ts', 'const const')
  expect((await messagesOfBuild()).join()).toContain('the one built before is served')
  expect(existsSync(join(folder, 'editor/dist/index.html'))).toBe(true)
  rmSync(join(folder, 'editor/dist'), { recursive: true })
  await expect(messagesOfBuild()).rejects.toThrow(/main\.ts/)
})
