import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import report from '../examples/weekly-review-report.json' with { type: 'json' }
import { browserMissing, launchBrowser } from '#server/test/browser.ts'
import { EditorPage } from './support/editor-page.ts'
import { startProduct, type Product } from './support/product.ts'
import { counts, gone, says, shown } from './support/see.ts'
import { visit } from './support/visit.ts'

describe.skipIf(browserMissing)('what goes wrong is said, with the way out', () => {
  let product: Product
  let browser: Browser
  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startProduct(), launchBrowser()])
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await product?.end()
  })

  /** A copy of the report for one test, so that each begins with the same draft. */
  async function openCopy(page: Page): Promise<EditorPage> {
    const editor = new EditorPage(page)
    await editor.open(await product.addWorkflow(report))
    await shown(editor.step('활성 사장님'))
    return editor
  }

  async function connectionId(name: string): Promise<string> {
    // schemas/api/connections: a list of connections.
    const { items } = (await product.api('GET', '/api/connections')) as { items: { id: string; name: string }[] }
    return items.find((one) => one.name === name)?.id ?? ''
  }

  test('addresses that lead nowhere', () =>
    visit({ browser, url: product.url, expected: /status of 404/ }, async (page) => {
      await page.goto('/nowhere')
      await shown(page.getByRole('heading', { name: '여기에는 아무것도 없어요' }))
      await page.getByRole('link', { name: '워크플로로 가기' }).click()
      await page.waitForURL(/\/$/)
      await page.goto('/workflows/01a00000-0000-7000-8000-000000000000')
      await shown(page.getByText('워크플로를 열 수 없어요'))
    }))

  test('a circle is refused while it is drawn, and says why', () =>
    visit({ browser, url: product.url }, async (page) => {
      const editor = await openCopy(page)
      await editor.drag(await editor.port('주간 리뷰 집계', 'out'), await editor.port('받지 않을 사람', 'in'))
      await shown(page.getByText('이렇게 이으면 단계가 서로 돌게 돼요.'))
      await counts(editor.line('주간 리뷰 집계', '받지 않을 사람'), 0)
    }))

  test('a text with a variable that nobody fills, and its mending', () =>
    visit({ browser, url: product.url }, async (page) => {
      const editor = await openCopy(page)
      await editor.choose('주간 리뷰 안내')
      const text = editor.field('글')
      const before = await text.inputValue()
      await text.fill(`${before}\n#{없는것}`)
      await shown(editor.problemBadge('주간 리뷰 안내'))
      await editor.tab('문제')
      await says(editor.dock.getByRole('listitem').first(), '없는것')
      await text.fill(before)
      await gone(editor.problemBadge('주간 리뷰 안내'))
    }))

  test('two tabs: the second one to save is asked, and can load the newer draft', () =>
    visit({ browser, url: product.url, expected: /status of 409/ }, async (page, context) => {
      const editor = await openCopy(page)
      const other = new EditorPage(await context.newPage())
      await other.page.goto(page.url())
      await shown(other.step('활성 사장님'))
      const name = (of: EditorPage) => of.page.getByRole('textbox', { name: '워크플로 이름' })
      await name(editor).fill('첫째 탭의 이름')
      await name(editor).press('Enter')
      await editor.saved()
      await expect.poll(() => editor.page.getByRole('status').first().innerText()).toMatch(/저장됨 \d/)
      await name(other).fill('둘째 탭의 이름')
      await name(other).press('Enter')
      const dialog = other.page.getByRole('dialog', { name: '다른 곳에서 이 워크플로를 고쳤어요' })
      await shown(dialog)
      await dialog.getByRole('button', { name: '새 초안 불러오기' }).click()
      await gone(dialog)
      expect(await name(other).inputValue()).toBe('첫째 탭의 이름')
    }))

  test('a database that does not answer is named with what to do; one in use cannot be deleted', () =>
    visit({ browser, url: product.url, expected: /status of 4\d\d/ }, async (page) => {
      await page.goto('/data/new?kind=postgres')
      const address = page.getByRole('textbox', { name: '데이터베이스 주소' })
      await address.fill('postgres://reader:secret@127.0.0.1:1/shop')
      await address.press('Enter')
      await page.getByRole('textbox', { name: '이름', exact: true }).fill('닿지 않는 곳')
      const card = page.getByRole('region', { name: '연결 시험' })
      await card.getByRole('button', { name: '연결 시험' }).click()
      await shown(card.getByText('연결되지 않았어요'))
      await says(card, '127.0.0.1')
      expect(await card.innerText()).not.toContain('secret')

      await page.getByRole('button', { name: '저장', exact: true }).click()
      await page.waitForURL(/\/data\/[\da-f-]{36}\?new=yes$/)
      const id = await connectionId('닿지 않는 곳')
      const nodes = report.nodes.map((node) =>
        node.id === 'owners' ? { ...node, config: { ...node.config, connection: id } } : node,
      )
      await product.addWorkflow({ ...report, name: '이 연결을 쓰는 것', nodes })
      await page.goto(`/data/${id}`)
      await page.getByRole('button', { name: '연결 지우기' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '지우기', exact: true }).click()
      await shown(page.getByText(/이 연결을 쓰는 워크플로가 있어요.*이 연결을 쓰는 것/))
    }))

  test('keyboard: N adds, Del removes and joins the ends again, Ctrl+Z gives back', () =>
    visit({ browser, url: product.url }, async (page) => {
      const editor = await openCopy(page)
      await editor.step('받지 않을 사람').focus()
      await page.keyboard.press('Enter')
      await page.keyboard.press('Delete')
      await gone(editor.step('받지 않을 사람'))
      await counts(editor.line('활성 사장님', '주간 리뷰 집계'), 1)
      await page.keyboard.press('Control+z')
      await shown(editor.step('받지 않을 사람'))
      await counts(editor.line('활성 사장님', '주간 리뷰 집계'), 0)
      await page.keyboard.press('n')
      await shown(editor.palette)
      await page.keyboard.type('ㅇㅇㅅ')
      await shown(editor.palette.getByRole('option', { name: /^앞에서 몇 명만/ }))
      await page.keyboard.press('Escape')
      await gone(editor.palette)
    }))

  test('Hangul: the Enter that ends a composition chooses nothing', () =>
    visit({ browser, url: product.url }, async (page) => {
      const editor = await openCopy(page)
      await editor.addStep()
      const search = editor.palette.getByRole('combobox')
      const client = await page.context().newCDPSession(page)
      await search.focus()
      await client.send('Input.imeSetComposition', { text: '조건', selectionStart: 2, selectionEnd: 2 })
      await shown(editor.palette.getByRole('option', { name: /^조건으로 고르기/ }))
      // Chromium reports the key that an input method takes as 229 ("Process").
      await client.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 })
      await client.send('Input.insertText', { text: '조건' })
      await shown(editor.palette)
      await gone(editor.step('조건으로 고르기'))
      await page.keyboard.press('Enter')
      await shown(editor.step('조건으로 고르기'))
    }))

  test(
    'the server goes away while editing: it is said, and saved when it is back',
    () =>
      visit({ browser, url: product.url, expected: /ERR_CONNECTION|WebSocket|Failed to load/ }, async (page) => {
        const editor = await openCopy(page)
        await product.stop()
        await page.getByRole('textbox', { name: '워크플로 이름' }).fill('꺼진 동안 고친 이름')
        await page.keyboard.press('Enter')
        await page.getByText('서버에 닿지 않아요. 다시 시도하고 있어요').waitFor({ timeout: 20_000 })
        await product.startAgain()
        await page.getByText(/^저장됨/).waitFor({ timeout: 40_000 })
        await page.reload()
        await shown(editor.step('활성 사장님'))
        expect(await page.getByRole('textbox', { name: '워크플로 이름' }).inputValue()).toBe('꺼진 동안 고친 이름')
      }),
    120_000,
  )
})
