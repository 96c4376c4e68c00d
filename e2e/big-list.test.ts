import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import type { CDPSession, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { ListPage } from '#schemas/api/lists.ts'
import { words as korean } from '#editor/words/ko/all.ts'
import { journey, LONG } from './support/journey.ts'

const LINES = 1_000_000

/** Lines of a CSV: every 200,000th has no number where there should be one, some have a line end inside of quotes. */
async function writeCsv(path: string): Promise<void> {
  const out = createWriteStream(path)
  out.write('고객 번호,이름,휴대폰,구매 금액,메모\n')
  for (let from = 1; from <= LINES; from += 10_000) {
    const lines = Array.from({ length: 10_000 }, (_, at) => {
      const no = from + at
      const amount = no % 200_000 === 0 ? '열두 원' : no % 90_000
      return `${no},고객 ${no},010${20_000_000 + no},${amount},"메모, ${no}${no % 5000 === 0 ? '\n둘째 줄' : ''}"\n`
    })
    if (!out.write(lines.join(''))) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
}

/** The largest heap that any worker of a page had, in MB. */
async function watchWorkers(page: Page): Promise<{ most: () => number; look: () => Promise<void> }> {
  const cdp: CDPSession = await page.context().newCDPSession(page)
  const workers = new Set<string>()
  let most = 0
  cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => targetInfo.type === 'worker' && workers.add(sessionId))
  cdp.on('Target.detachedFromTarget', ({ sessionId }) => workers.delete(sessionId))
  cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { result } = JSON.parse(message) as { result?: { usedSize?: number } }
    most = Math.max(most, (result?.usedSize ?? 0) / 1e6)
  })
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  const message = JSON.stringify({ id: 1, method: 'Runtime.getHeapUsage' })
  const look = async () => {
    for (const sessionId of workers) await cdp.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => undefined)
  }
  return { most: () => most, look }
}

// A file of a million people: nobody waits for it to be read before she sees what was understood, and no memory holds it.
journey('big list', ({ visit, product }) => {
  test('a million lines come in with little memory; what is wrong is told by its line', { timeout: LONG }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'alimflow-big-'))
    try {
      const path = join(folder, '백만 명.csv')
      await writeCsv(path)
      await visit(async (page) => {
        const workers = await watchWorkers(page)
        await page.goto(`${product().url}/start/list`)
        await page.locator('input[type=file]').setInputFiles(path)
        const { startList } = korean
        await page.getByRole('heading', { name: startList.big.title.split('.')[0] ?? '' }).waitFor()
        await page.getByRole('button', { name: startList.next.message }).click()
        const stop = page.getByRole('button', { name: startList.big.stop })
        await stop.waitFor()
        for (let tries = 0; tries < 400 && (await stop.isVisible()); tries++) {
          await workers.look()
          await page.waitForTimeout(300)
        }
        await page.getByText('1,000,000명을 모두 저장했어요').waitFor()
        await page.getByText('살펴볼 칸이 5개 있어요').waitFor()
        // A line end inside of quotes begins no row: it is the row that a spreadsheet shows.
        await page.getByText('200,001행').waitFor()
        expect(workers.most()).toBeGreaterThan(1)
        expect(workers.most()).toBeLessThan(120)
        const { items } = (await product().api('GET', '/api/lists')) as ListPage
        expect(items).toMatchObject([{ name: '백만 명', rowCount: LINES, version: 1 }])

        // Called off half way, nothing of it is left.
        await page.goto(`${product().url}/start/list`)
        await page.locator('input[type=file]').setInputFiles(path)
        await page.getByRole('button', { name: startList.next.message }).click()
        await stop.click()
        await stop.waitFor({ state: 'detached' })
        expect(((await product().api('GET', '/api/lists')) as ListPage).items).toHaveLength(1)
      })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
