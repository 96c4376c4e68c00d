import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { largeWorkflow } from './support/large-workflow.ts'
import { countRenders } from './support/renders.ts'
import { middle, shown } from './support/see.ts'
import { addSandbox, smallReport } from './support/small-report.ts'

const STEPS = 500

// What makes the editor fluid is what it does not draw. Counts of what React drew, never times: they are the same on every machine.
journey('a large workflow', ({ product, visit }) => {
  test(
    'only what is in the window is drawn, and a card that is dragged draws neither itself nor another, only its lines',
    () =>
      visit(async (page) => {
        const counter = await countRenders(page)
        const editor = new EditorPage(page)
        await editor.open(await product().addWorkflow(largeWorkflow({ name: '큰 것', steps: STEPS, people: 20 })))
        await shown(editor.step('SQL 조회'))
        await quiet(page)
        const cards = editor.canvas.locator('.react-flow__node')
        const opened = await counter.take()
        expect(Object.keys(opened.cards).length).toBeGreaterThan(5)
        expect(Object.keys(opened.cards).length).toBeLessThan(STEPS / 2)
        expect(await cards.count()).toBeLessThan(STEPS / 2)

        const card = editor.canvas.locator('.react-flow__node[data-id="l3-0"]')
        const { x, y } = await middle(card)
        await page.mouse.move(x, y)
        await page.mouse.down()
        // The first move selects it: its form comes, and the card gets its frame.
        await page.mouse.move(x + 12, y + 4, { steps: 4 })
        await shown(editor.panel.getByRole('textbox', { name: '단계 이름' }))
        await quiet(page)
        await counter.take()
        await page.mouse.move(x + 60, y + 40, { steps: 30 })
        await quiet(page)
        const dragged = await counter.take()
        const linesOfIt = ['e5', 'e15']
        expect(dragged.commits).toBeGreaterThan(5)
        expect(dragged.cards).toEqual({})
        expect(Object.keys(dragged.lines).every((id) => linesOfIt.includes(id))).toBe(true)
        expect(Object.keys(dragged.lines).length).toBeGreaterThan(0)
        await page.mouse.up()

        // Where it was let go is one change of the draft: still no other card has a reason to be drawn.
        await editor.saved()
        await quiet(page)
        const dropped = await counter.take()
        expect(Object.keys(dropped.cards).filter((id) => id !== 'l3-0')).toEqual([])
        expect((await middle(card)).y - y).toBeGreaterThan(20)
      }),
    LONG,
  )

  test(
    'while a run streams, a step is drawn when its own figures changed',
    () =>
      visit(async (page) => {
        const connection = await addSandbox(product(), 'Slow', { messagesPerSecond: 60, concurrency: 1 })
        const id = await product().addWorkflow(smallReport({ name: '흐름', people: 1_200, connection }))
        const { runId } = (await product().api('POST', `/api/workflows/${id}/execute`, { version: 'draft' })) as { runId: string }
        const frames = watchFrames(page)
        const counter = await countRenders(page)
        await page.goto(`/runs/${runId}?view=flow`)
        const canvas = page.getByRole('region', { name: '실행 그림' })
        await shown(canvas.locator('.react-flow__node').first())
        // The picture has found its place, and messages go out.
        await expect.poll(() => frames.changesOf('alimtalk'), { timeout: LONG / 3 }).toBeGreaterThan(2)
        await quiet(page)
        await counter.take()
        frames.begin()
        await page.getByText('합계 일치').waitFor({ timeout: LONG / 2 })
        const drawn = await counter.take()
        expect(frames.changesOf('alimtalk')).toBeGreaterThan(4)
        expect(drawn.cards['alimtalk'] ?? 0).toBeGreaterThan(0)
        // Two more: a snapshot that was on its way when counting began, and the end, when every bar becomes full.
        for (const [step, times] of Object.entries(drawn.cards))
          expect({ step, times, most: frames.changesOf(step) + 2 }).toSatisfy(
            (one: { times: number; most: number }) => one.times <= one.most,
          )
        expect(frames.changesOf('start')).toBe(0)
      }),
    LONG,
  )
})

/** Until the page has drawn everything that it had to draw: twice the same picture. */
async function quiet(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined) // A live connection may keep it busy.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(done)))),
  )
}

/** Counts how often the snapshots that the page gets change the figures of a step. */
function watchFrames(page: Page) {
  let changes = new Map<string, number>()
  let before: Record<string, unknown> = {}
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      // schemas/frames.ts' ServerFrame.
      const frame = JSON.parse(payload.toString()) as { type: string; nodes?: Record<string, unknown> }
      if (frame.type !== 'run' || frame.nodes === undefined) return
      for (const [id, figures] of Object.entries(frame.nodes))
        if (JSON.stringify(before[id]) !== JSON.stringify(figures)) changes.set(id, (changes.get(id) ?? 0) + 1)
      before = frame.nodes
    }),
  )
  return {
    changesOf: (step: string) => changes.get(step) ?? 0,
    begin: () => {
      changes = new Map()
    },
  }
}
