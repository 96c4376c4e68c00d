// `npm run bench:editor`: the real product and Chromium with workflows of 500 and 1,000 steps: how long they take to open, how smoothly a
// card is dragged, and what React draws meanwhile. Prints a table and writes into bench/results.json. docs/performance.md says how to read it.
import { cpus, totalmem } from 'node:os'
import type { Page } from 'playwright-core'
import { largeWorkflow } from '../e2e/support/large-workflow.ts'
import { startProduct, type Product } from '../e2e/support/product.ts'
import { countRenders } from '../e2e/support/renders.ts'
import { visit } from '../e2e/support/visit.ts'
import { launchBrowser } from '#server/test/browser.ts'
import { report, type Line } from './report.ts'
import { quantile } from './stats.ts'

const MOVES = 120
const common = { baseline: null, ratio: null } as const

const product = await startProduct()
const browser = await launchBrowser()
const lines: Line[] = []
try {
  for (const steps of [500, 1000])
    await visit({ browser, url: product.url }, async (page) => {
      lines.push(...(await measure(page, product, steps)))
    })
} finally {
  await browser.close()
  await product.end()
}
report(lines, {
  cpus: cpus().length,
  model: cpus()[0]?.model,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
})

async function measure(page: Page, { addWorkflow }: Product, steps: number): Promise<Line[]> {
  const name = `${steps} steps`
  const id = await addWorkflow(largeWorkflow({ name, steps, people: 200 }))
  const counter = await countRenders(page)
  // Once before, as somebody who works with it: code is loaded and compiled.
  await page.goto(`/workflows/${id}`)
  await settled(page)
  await page.getByRole('link', { name: '워크플로', exact: true }).first().click()
  const link = page.locator(`a[href="/workflows/${id}"]`).first()
  await link.waitFor()
  await page.waitForTimeout(1000)
  await counter.take()
  const opened = await page.evaluate(openIt, `a[href="/workflows/${id}"]`)
  await settled(page)
  const first = await counter.take()
  const drag = await dragOne(page)
  const drawn = await counter.take()
  return [
    {
      job: `editor, ${name}: open`,
      unit: 'ms',
      ours: Math.round(opened),
      bar: steps === 1000 ? '≤ 1,000' : '',
      reached: steps < 1000 || opened <= 1000,
      facts: { cardsDrawn: Object.keys(first.cards).length },
      ...common,
    },
    {
      job: `editor, ${name}: frame while dragging, median`,
      unit: 'ms',
      ours: quantile(drag, 0.5),
      bar: '≤ 17',
      reached: quantile(drag, 0.5) <= 17,
      facts: { p95: quantile(drag, 0.95), most: drag.at(-1), frames: drag.length },
      ...common,
    },
    {
      job: `editor, ${name}: cards drawn a frame of dragging`,
      unit: 'cards',
      ours: Object.values(drawn.cards).reduce((sum, count) => sum + count, 0) / drag.length,
      bar: '≤ 1',
      reached: Object.keys(drawn.cards).length <= 1,
      facts: { commits: drawn.commits, lines: Object.keys(drawn.lines).length },
      ...common,
    },
  ]
}

/** Until cards stand there and the preview has come. */
async function settled(page: Page): Promise<void> {
  await page.locator('.react-flow__node').first().waitFor({ timeout: 60_000 })
  await page.waitForLoadState('networkidle').catch(() => undefined) // The live connection may keep it busy.
  await page.waitForTimeout(2000)
}

/** In the page: presses the link, and gives the milliseconds until a card can be seen. */
async function openIt(link: string): Promise<number> {
  const begin = performance.now()
  document.querySelector<HTMLElement>(link)?.click()
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  while (document.querySelector('.react-flow__node[style*="visible"]') === null) await frame()
  // The frame in which it is painted.
  await frame()
  return performance.now() - begin
}

/** Drags a card about; milliseconds between the frames, sorted. */
async function dragOne(page: Page): Promise<number[]> {
  const box = await page.locator('.react-flow__node[data-id="l3-0"]').boundingBox()
  if (box === null) throw new Error('the card to drag is not in the window')
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await page.mouse.move(at.x, at.y)
  await page.mouse.down()
  await page.mouse.move(at.x + 12, at.y + 4, { steps: 4 })
  await page.waitForTimeout(1500)
  await page.evaluate(() => {
    const times: number[] = []
    Object.assign(globalThis, { frameTimes: times })
    let last = performance.now()
    const tick = (now: number) => {
      times.push(now - last)
      last = now
      if (times.length < 10_000) requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  for (let move = 0; move < MOVES; move++) await page.mouse.move(at.x + 12 + move / 2, at.y + 4 + (move % 20))
  const times = await page.evaluate(() => (globalThis as unknown as { frameTimes: number[] }).frameTimes.slice(1))
  await page.mouse.up()
  return times.map((time) => Math.round(time * 10) / 10).toSorted((a, b) => a - b)
}
