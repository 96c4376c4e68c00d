import { expect, test } from 'vitest'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { counts, gone, shown } from './support/see.ts'
import { smallReport } from './support/small-report.ts'

// Steps are text: copied in one tab, pasted in another, cut, doubled, and taken back.
journey('copying steps', ({ product, visit }) => {
  test(
    'copy in one workflow and paste in another, duplicate, cut, undo; the list of keys',
    () =>
      visit(async (page) => {
        const from = await product().addWorkflow(smallReport({ name: '여기서', people: 10, connection: 'sandbox' }))
        const to = await product().addWorkflow({ schemaVersion: 1, name: '저기로', nodes: [], edges: [] })
        const editor = new EditorPage(page)
        const steps = editor.canvas.locator('.react-flow__node')
        await editor.open(from)
        await shown(steps.first())
        const all = await steps.count()
        await steps.first().focus()
        await page.keyboard.press('Control+a')
        await page.keyboard.press('Control+c')

        await editor.open(to)
        // An empty canvas offers the first step by itself.
        await shown(editor.palette)
        await page.keyboard.press('Escape')
        await gone(editor.palette)
        await page.keyboard.press('Control+v')
        await counts(steps, all)
        await counts(editor.canvas.locator('.react-flow__edge'), all - 1)
        await page.keyboard.press('Control+z')
        await counts(steps, 0)
        await page.keyboard.press('Control+y')
        await counts(steps, all)

        await steps.nth(1).click()
        await steps.nth(1).focus()
        await page.keyboard.press('Control+d')
        await counts(steps, all + 1)
        // The copy is selected: cut takes it away, paste brings it back.
        await page.keyboard.press('Control+x')
        await counts(steps, all)
        await page.keyboard.press('Control+v')
        await counts(steps, all + 1)

        await steps.first().focus()
        await page.keyboard.press('?')
        const keys = page.getByRole('dialog', { name: '키보드로 하기' })
        await shown(keys.getByText('붙여 넣기'))
        await page.keyboard.press('Escape')
        await gone(keys)
        // What was pasted is saved like everything else.
        await expect
          .poll(
            async () =>
              ((await product().api('GET', `/api/workflows/${to}`)) as { document: { nodes: [] } }).document.nodes.length,
            {
              timeout: LONG / 4,
            },
          )
          .toBe(all + 1)
      }),
    LONG,
  )
})
