import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import type { NodeTypes } from '#schemas/api/node-types.ts'
import type { WorkerList } from '#schemas/api/workers.ts'
import { words as english } from '#editor/words/en/all.ts'
import { runCli } from '#server/cli/test/run-cli.ts'
import { projectFolder } from '#server/config.ts'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { counts, gone, shown } from './support/see.ts'

/** A file is compiled before it is used, which takes a while on a machine that is busy with other things. */
const comes = (what: Locator) => what.waitFor({ state: 'visible', timeout: LONG / 3 })

// Inside the project: a node file finds the public API by the project's own names.
const plugins = mkdtempSync(join(projectFolder, 'plugins-e2e-'))
afterAll(() => rmSync(plugins, { recursive: true, force: true }))

// A developer makes a step of her own while Alimflow runs: one command, one file, in the palette when it is saved, tested by one command.
journey(
  'my own node',
  ({ product, visit }) => {
    test(
      'a new file is in the open palette, a mistake in it is said and changes nothing, its tests run',
      () =>
        visit(async (page) => {
          const editor = new EditorPage(page)
          await editor.open(await product().addWorkflow({ schemaVersion: 1, name: '내 단계', nodes: [], edges: [] }))
          await shown(editor.palette)
          const mine = editor.palette.getByRole('option', { name: /^Acme hello/ })
          await gone(mine)

          const made = await runCli('new-node.ts', ['acme-hello'], { env: { ALIMFLOW_PLUGINS_DIR: plugins } })
          expect(made.code, made.err).toBe(0)
          await comes(mine)

          // Saved under another title: the palette that is open says it.
          const file = join(plugins, 'acme-hello.ts')
          const text = readFileSync(file, 'utf8')
          writeFileSync(file, text.replaceAll('Acme hello', '인사말 붙이기'))
          const renamed = editor.palette.getByRole('option', { name: /^인사말 붙이기/ })
          await comes(renamed)

          // A mistake is said with its line; the version before it stays.
          writeFileSync(file, text.replace("adds: 'acme_hello'", 'adds: 5'))
          await comes(page.getByText(/acme-hello\.ts 8번째 줄: string 값이 와야 하는데 number 값이 있어요/))
          await shown(renamed)
          writeFileSync(file, text)
          await comes(mine)
          await mine.click()
          await shown(editor.step('Acme hello'))
          await editor.saved()
          await visit(byKeyboard(page.url()), { language: 'en-US', theme: 'dark' })

          const tested = await runCli('test-node.ts', [file])
          expect(tested.code, tested.out).toBe(0)
          // What was mended is no longer listed as broken, and the worker that started again has the file that the server has.
          await expect
            .poll(async () => ((await product().api('GET', '/api/node-types')) as NodeTypes).broken, { timeout: LONG / 4 })
            .toEqual([])
          await expect.poll(async () => await workerHas('acme-hello'), { timeout: LONG / 2 }).toBe(true)
        }),
      2 * LONG,
    )

    /** The same step, found by its name and put in without a mouse. */
    function byKeyboard(address: string) {
      return async (page: Page): Promise<void> => {
        await page.goto(address)
        const canvas = page.getByRole('region', { name: english.editor.canvas.name, exact: true })
        const mine = canvas.getByRole('group', { name: 'Acme hello', exact: true })
        await comes(mine)
        await page.keyboard.press('n')
        await page.keyboard.type('acme')
        await shown(page.getByRole('option', { name: /^Acme hello/ }))
        await page.keyboard.press('Enter')
        await counts(mine, 2)
        await shown(page.getByRole('complementary').getByRole('textbox', { name: english.editor.panel.stepName }))
      }
    }

    /** Does a living worker have the very file that the server offers? */
    async function workerHas(type: string): Promise<boolean> {
      const { items } = (await product().api('GET', '/api/node-types')) as NodeTypes
      const hash = items.find((one) => one.type === type)?.plugin?.hash
      const { items: workers } = (await product().api('GET', '/api/workers')) as WorkerList
      return workers.some(({ alive, nodeTypes }) => alive && nodeTypes.includes(`${type}@1#${hash}`))
    }
  },
  { env: () => ({ ALIMFLOW_PLUGINS_DIR: plugins }) },
)
