import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import reportTests from '../examples/weekly-review-report.test.json' with { type: 'json' }
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { counts, gone, middle, shown } from './support/see.ts'
import { smallReport } from './support/small-report.ts'

// The canvas as a tool: notes and groups, lines that take steps in and heal, things put in line.
journey('the canvas as a tool', ({ product, visit }) => {
  const report = (name: string) => product().addWorkflow(smallReport({ name, people: 10, connection: 'sandbox' }))
  /** The draft as the server has it. */
  const draft = async (id: string): Promise<WorkflowDocument> =>
    ((await product().api('GET', `/api/workflows/${id}`)) as { document: WorkflowDocument }).document
  const saved = (id: string, what: (document: WorkflowDocument) => unknown) =>
    expect.poll(async () => what(await draft(id)), { timeout: LONG / 4 })
  const lines = ({ edges }: WorkflowDocument) => edges.map(({ source, target }) => `${source} → ${target}`)

  test(
    'steps are grouped and moved together; a note is written, sized, copied and taken back, by mouse and by keys',
    () =>
      visit(async (page) => {
        const id = await report('묶음과 메모')
        const editor = new EditorPage(page)
        await editor.open(id)
        await editor.choose('활성 사장님')
        await editor.step('받지 않을 사람').click({ modifiers: ['Control'] })
        await page.keyboard.press('Control+g')
        // The name is asked for at once.
        await page.keyboard.type('받는 사람 고르기')
        const group = editor.canvas.getByRole('group', { name: '묶음: 받는 사람 고르기, 단계 2개' })
        await shown(group)
        const before = await draft(id)
        const handle = await middle(group.getByText('받는 사람 고르기'))
        await editor.drag(handle, { x: handle.x, y: handle.y + 60 })
        const places = ({ nodes }: WorkflowDocument) => nodes.map(({ position }) => position.y)
        const was = places(before)
        await saved(id, (document) => places(document).filter((y, index) => y !== was[index]).length).toBe(2)
        expect((await draft(id)).groups).toEqual([{ id: 'group-1', title: '받는 사람 고르기', steps: ['owners', 'leave-out'] }])

        // A note, by keys alone: written, ended, moved, doubled, taken away and back.
        await page.keyboard.press('Escape')
        await group.focus()
        await page.keyboard.press('Shift+N')
        await page.keyboard.type('매주 월요일 아침에 보내요')
        await page.keyboard.press('Escape')
        const notes = editor.canvas.getByRole('group', { name: '메모: 매주 월요일 아침에 보내요' })
        await shown(notes)
        await saved(id, ({ notes: all }) => all?.[0]?.text).toBe('매주 월요일 아침에 보내요')
        const start = (await draft(id)).notes?.[0]?.position
        await page.keyboard.press('Shift+ArrowUp')
        await saved(id, ({ notes: all }) => all?.[0]?.position.y).toBe((start?.y ?? 0) - 20)
        await page.keyboard.press('Control+d')
        await counts(notes, 2)
        await page.keyboard.press('Delete')
        await counts(notes, 1)
        await page.keyboard.press('Control+z')
        await page.keyboard.press('Control+z')
        await counts(notes, 1)

        // Its corner is dragged; its colour is chosen beside.
        await notes.click()
        const corner = await middle(notes.locator('.react-flow__resize-control'))
        await editor.drag(corner, { x: corner.x + 80, y: corner.y + 40 })
        await saved(id, ({ notes: all }) => (all?.[0]?.size.width ?? 0) > 260).toBe(true)
        await editor.panel.getByRole('radio', { name: '초록' }).check()
        await saved(id, ({ notes: all }) => all?.[0]?.color).toBe('green')

        // Folded by a key: one card with the lines over its edge, kept, walked over, read out step by step in the list.
        await group.getByText('받는 사람 고르기').click()
        await page.keyboard.press('Shift+F')
        const card = editor.canvas.getByRole('group', { name: '접은 묶음: 받는 사람 고르기, 단계 2개' })
        await shown(card)
        await gone(editor.step('활성 사장님'))
        await counts(editor.line('활성 사장님', '받지 않을 사람'), 0)
        await counts(editor.line('받지 않을 사람', '주간 리뷰 집계'), 1)
        await saved(id, ({ groups }) => groups?.[0]?.folded).toBe(true)
        await page.keyboard.press('ArrowRight')
        const focused = (one: Locator) => expect.poll(() => one.evaluate((node) => node === document.activeElement))
        await focused(editor.step('주간 리뷰 집계')).toBe(true)
        await page.keyboard.press('ArrowLeft')
        await focused(card).toBe(true)
        await page.keyboard.press('o')
        await shown(page.getByRole('treeitem', { name: /^활성 사장님.*묶음 ‘받는 사람 고르기’/ }))
        await page.keyboard.press('o')
        await page.reload()
        await shown(card)

        // A run shows it so, with what went over its edge, and the note; it is opened there for a look.
        const { runId } = (await product().api('POST', `/api/workflows/${id}/execute`, { version: 'draft' })) as { runId: string }
        await page.goto(`/runs/${runId}`)
        await page.getByRole('radiogroup', { name: '보기' }).getByText('흐름', { exact: true }).click()
        const picture = page.getByRole('region', { name: '실행 그림' })
        await shown(picture.getByRole('group', { name: '메모: 매주 월요일 아침에 보내요' }))
        await shown(picture.getByRole('group', { name: /^접은 묶음/ }).getByText('→ 10'))
        await picture.getByRole('button', { name: '묶음 펼치기' }).click()
        await shown(picture.getByRole('group', { name: '활성 사장님' }))
        await editor.open(id)
        await card.getByRole('button', { name: '묶음 펼치기' }).click()
        await shown(editor.step('활성 사장님'))

        // The frame goes, its steps stay.
        await group.getByText('받는 사람 고르기').click()
        await editor.panel.getByRole('button', { name: '묶음 풀기' }).click()
        await gone(group)
        await saved(id, ({ groups }) => groups).toBeUndefined()
        await shown(editor.step('활성 사장님'))
      }),
    LONG,
  )

  test(
    'a step dragged onto a line goes into it in one step back; steps in a row that are removed heal the line',
    () =>
      visit(async (page) => {
        const id = await report('선에 넣기')
        const editor = new EditorPage(page)
        await editor.open(id)
        const whole = lines(await draft(id))
        await editor.choose('받지 않을 사람')
        await editor.step('주간 리뷰 집계').click({ modifiers: ['Control'] })
        await page.keyboard.press('Delete')
        await counts(editor.line('활성 사장님', '변수 채우기'), 1)
        await page.keyboard.press('Control+z')
        await counts(editor.line('받지 않을 사람', '주간 리뷰 집계'), 1)

        // A step of its own, far from every line.
        await page.keyboard.press('Escape')
        await editor.addStep()
        await editor.fromPalette('조건으로 고르기')
        const alone = editor.canvas.locator('.react-flow__node-step').last()
        await shown(alone)
        await saved(id, (document) => lines(document)).toEqual(whole)
        const card = await middle(alone)
        const line = await middle(editor.line('변수 채우기', '주간 리뷰 안내').locator('path').first())
        await page.mouse.move(card.x, card.y)
        await page.mouse.down()
        await page.mouse.move(line.x, line.y, { steps: 12 })
        // The line says that it will take the step in.
        await counts(editor.canvas.locator('.react-flow__edge [data-tone="target"]'), 1)
        await page.mouse.up()
        await counts(editor.line('변수 채우기', '주간 리뷰 안내'), 0)
        await saved(id, (document) => lines(document).length).toBe(whole.length + 1)
        await page.keyboard.press('Control+z')
        await counts(editor.line('변수 채우기', '주간 리뷰 안내'), 1)
        await saved(id, (document) => lines(document)).toEqual(whole)
      }),
    LONG,
  )

  test(
    'several steps come to one line by the bar and by keys; the small picture goes where it is clicked',
    () =>
      visit(async (page) => {
        const id = await report('줄 맞추기')
        const editor = new EditorPage(page)
        await editor.open(id)
        await editor.choose('활성 사장님')
        const tools = page.getByRole('toolbar', { name: '고른 것 맞추기' })
        await gone(tools)
        await editor.step('변수 채우기').click({ modifiers: ['Control'] })
        await tools.getByRole('button', { name: '위쪽 맞춤' }).click()
        const place = async (step: string) => (await draft(id)).nodes.find(({ id: one }) => one === step)?.position
        const first = await place('owners')
        await saved(id, ({ nodes }) => nodes.find(({ id: one }) => one === 'variables')?.position.y).toBe(first?.y)
        await page.keyboard.press('Control+z')
        await saved(id, ({ nodes }) => nodes.find(({ id: one }) => one === 'variables')?.position.y).not.toBe(first?.y)
        await editor.step('활성 사장님').focus()
        await page.keyboard.press('Alt+KeyD')
        const right = Math.max(
          ...(await draft(id)).nodes
            .filter(({ id: one }) => ['owners', 'variables'].includes(one))
            .map(({ position }) => position.x),
        )
        await saved(id, ({ nodes }) =>
          nodes.filter(({ id: one }) => ['owners', 'variables'].includes(one)).map(({ position }) => position.x),
        ).toEqual([right, right])

        const view = editor.canvas.locator('.react-flow__viewport')
        const before = await view.getAttribute('style')
        await editor.canvas.locator('.react-flow__minimap').click({ position: { x: 8, y: 8 } })
        await expect.poll(() => view.getAttribute('style')).not.toBe(before)
      }),
    LONG,
  )

  test(
    'rows of a source are pinned by keys: its card and the dock say so, also in a new page, until they are let go',
    () =>
      visit(async (page) => {
        const editor = new EditorPage(page)
        await editor.open(await report('표본 고정'))
        await editor.choose('활성 사장님')
        const press = async (button: string) => {
          await editor.dock.getByRole('button', { name: button, exact: true }).focus()
          await page.keyboard.press('Enter')
        }
        await press('행 골라 고정')
        for (const row of [2, 5]) {
          await editor.dock.getByRole('checkbox', { name: `${row}번째 행 고르기` }).focus()
          await page.keyboard.press('Space')
        }
        await press('2행 고정')
        await shown(editor.step('활성 사장님').getByText('표본 2행 고정'))
        await page.reload()
        await shown(editor.step('활성 사장님').getByText('표본 2행 고정'))
        await editor.choose('변수 채우기')
        await shown(editor.dock.getByText('표본 2행 고정'))
        await shown(editor.dock.getByText(/표본 2행 · /))
        await press('고정 풀기')
        await gone(editor.step('활성 사장님').getByText('표본 2행 고정'))
        await shown(editor.dock.getByText(/표본 10행 · /))
      }),
    LONG,
  )

  test(
    'the rows up to a step are asked for alone; a file goes out and comes in, and says by line what is wrong with it',
    () =>
      visit(
        async (page) => {
          const id = await report('파일과 조회')
          const editor = new EditorPage(page)
          await editor.open(id)
          await editor.choose('받지 않을 사람')
          await editor.panel.getByRole('button', { name: '여기까지 조회' }).click()
          await shown(editor.step('받지 않을 사람').getByText('여기까지'))
          await shown(editor.dock.getByText('‘받지 않을 사람’까지만 조회했어요'))
          await shown(editor.dock.getByRole('table').first())
          // Behind it nothing was asked.
          await editor.choose('변수 채우기')
          await shown(editor.dock.getByText('이 단계의 데이터를 아직 조회하지 않았어요.'))
          await editor.dock.getByRole('button', { name: '끝까지 조회' }).click()
          await shown(editor.dock.getByRole('table').first())
          await gone(editor.step('받지 않을 사람').getByText('여기까지'))

          const menu = page.getByRole('button', { name: '더 보기' })
          await menu.click()
          const [download] = await Promise.all([
            page.waitForEvent('download'),
            page.getByRole('menuitem', { name: '파일로 내보내기' }).click(),
          ])
          expect(download.suggestedFilename()).toBe('파일과-조회.json')
          const text = readFileSync(await download.path(), 'utf8')
          const steps = (await draft(id)).nodes.length
          expect((JSON.parse(text) as WorkflowDocument).nodes).toHaveLength(steps)

          // Its flow tests are run from their file: one passes, the other says what is different.
          const [passing] = reportTests.tests
          const other = { ...passing, name: '다른 글', expect: { messages: [{ row: 1, contains: '없는 말' }, { row: 2 }] } }
          await menu.click()
          const [chosen] = await Promise.all([
            page.waitForEvent('filechooser'),
            page.getByRole('menuitem', { name: '흐름 시험 파일 돌리기' }).click(),
          ])
          const buffer = Buffer.from(JSON.stringify({ tests: [passing, other] }))
          await chosen.setFiles({ name: '리포트.test.json', mimeType: 'application/json', buffer })
          const result = page.getByRole('dialog', { name: '흐름 시험' })
          await shown(result.getByText('시험 2개 중 1개 통과'))
          await shown(result.getByText('없는 말'))
          await page.keyboard.press('Escape')
          await gone(result)

          // Dropped on a canvas, its steps come beside those that are there.
          await dropFile(page, text)
          await counts(editor.canvas.locator('.react-flow__node-step'), 2 * steps)
          await page.keyboard.press('Control+z')
          await counts(editor.canvas.locator('.react-flow__node-step'), steps)

          // On the first page it becomes a workflow of its own, if it is one.
          const choose = async (content: string) => {
            const [chooser] = await Promise.all([
              page.waitForEvent('filechooser'),
              page.getByRole('button', { name: '파일 가져오기' }).click(),
            ])
            await chooser.setFiles({ name: '리포트.json', mimeType: 'application/json', buffer: Buffer.from(content) })
          }
          await page.goto('/')
          await choose(text.replace('"typeVersion": 1', '"typeVersion": "one"'))
          const faults = page.getByRole('dialog', { name: '파일을 가져오지 못했어요' })
          const line = text.split('\n').findIndex((one) => one.includes('"typeVersion"')) + 1
          await shown(faults.getByText(`${line}번째 줄`))
          await shown(faults.getByText('"typeVersion": "one"'))
          await page.keyboard.press('Escape')
          await gone(faults)
          await choose(text.replace('"edges": [', '"edges": ['.repeat(2)))
          await shown(faults.getByText('여기에서 JSON 문법이 어긋나요'))
          await page.keyboard.press('Escape')
          await gone(faults)
          await choose(text)
          await page.waitForURL((url) => url.pathname.startsWith('/workflows/') && !url.pathname.endsWith(id))
          await counts(editor.canvas.locator('.react-flow__node-step'), steps)
        },
        { expected: REFUSED },
      ),
    LONG,
  )
})

/** The browser's own words for a file that the server refuses on purpose. */
const REFUSED = /status of 422/

/** Drops a file out of a folder onto the middle of the canvas. */
async function dropFile(page: Page, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle((content) => {
    const data = new DataTransfer()
    data.items.add(new File([content], 'report.json', { type: 'application/json' }))
    return data
  }, text)
  const pane = page.locator('.react-flow__pane')
  const { x: clientX, y: clientY } = await middle(pane)
  for (const type of ['dragover', 'drop']) await pane.dispatchEvent(type, { dataTransfer, clientX, clientY })
}
