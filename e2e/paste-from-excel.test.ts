import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { makeXlsx } from '#editor/lists/xlsx/fixture.ts'
import { words as english } from '#editor/words/en/all.ts'
import { words as korean, type Words } from '#editor/words/ko/all.ts'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { counts, says, shown } from './support/see.ts'
import { tabTo } from './support/tab-to.ts'
import { visitorList } from './support/visitor-list.ts'

/** What somebody does with her hands: a click, or keys pressed one after the other (a line of text, a shortcut). */
class Hands {
  actions = 0
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async click(what: Locator): Promise<void> {
    this.actions += 1
    await what.click()
  }

  async type(text: string): Promise<void> {
    this.actions += 1
    await this.page.keyboard.type(text)
  }

  async press(keys: string): Promise<void> {
    this.actions += 1
    await this.page.keyboard.press(keys)
  }

  /** Tab until the goal has the focus: one action, as a person holds the key down. */
  async tabTo(goal: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    this.actions += 1
    await tabTo(this.page, goal, { key, most: 150 })
  }
}

/** Text in CP949, as Excel in Korea saves a CSV: the letters of EUC-KR, found by the decoder, and one that it alone adds. */
function inCp949(text: string): Buffer {
  const bytes = new Map<string, number[]>([['똠', [0x8c, 0x63]]])
  const decoder = new TextDecoder('euc-kr')
  for (let first = 0xa1; first < 0xff; first++) {
    for (let second = 0xa1; second < 0xff; second++) bytes.set(decoder.decode(Uint8Array.of(first, second)), [first, second])
  }
  return Buffer.from([...text].flatMap((letter) => bytes.get(letter) ?? [letter.charCodeAt(0)]))
}

// A small shop: the owner has a spreadsheet, no database and no wish to learn one.
journey('paste from Excel', ({ visit }) => {
  const places = (page: Page, { home, startList, forms, run, launch }: Words = korean) => ({
    door: page.getByRole('link', { name: new RegExp(`^${home.doors.excel}`) }),
    area: page.getByRole('textbox', { name: startList.area.label }),
    toMessage: page.getByRole('button', { name: startList.next.message }),
    text: page.getByRole('textbox', { name: /^(글|Text)$/ }),
    choices: page.getByRole('listbox', { name: forms.template.insert }),
    toSend: page.getByRole('link', { name: startList.next.send }),
    send: page.getByRole('button', { name: startList.send.go, exact: true }),
    messages: page.getByRole('list', { name: startList.send.list }).getByRole('listitem'),
    dialog: page.getByRole('dialog'),
    first: page.getByRole('dialog').getByRole('checkbox', { name: launch.first }),
    notes: page.getByRole('region', { name: startList.problems.title }),
    table: page.getByRole('region', { name: startList.table.label }),
    checked: page.getByText(run.ended.law),
    people: page.getByRole('table', { name: run.table.name }),
  })
  type Places = ReturnType<typeof places>

  const chip = (page: Page, name: string, count: number) => page.getByRole('button', { name: `${name} ${count}`, exact: true })

  /** 195 got it; three had no usable number and one stood there twice; one had no value for the text. */
  async function accountedFor(page: Page, at: Places, { states }: Words = korean): Promise<void> {
    await at.checked.waitFor({ timeout: 60_000 })
    await shown(page.getByRole('heading', { name: /^(200명 모두 적어 두었어요|All 200 )/ }))
    await shown(chip(page, states.message.delivered, 195))
    await shown(chip(page, states.message.failed, 1))
  }

  /** The way in for whoever has many workflows and no doors any more. */
  async function find(page: Page): Promise<void> {
    // The page is there, and hears keys.
    await shown(page.getByRole('button', { name: '찾기', exact: true }))
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('엑셀')
    await page.getByRole('option', { name: '엑셀에서 붙여넣기' }).click()
  }

  /** Chooses a file by the button. */
  async function choose(page: Page, file: { name: string; buffer: Buffer }): Promise<void> {
    const asked = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: '파일 고르기' }).click()
    await (await asked).setFiles({ mimeType: '', ...file })
  }

  /** Puts text on the clipboard, as Ctrl C in a spreadsheet does. That happens elsewhere and is no action here. */
  async function copy(page: Page, text: string): Promise<void> {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  }

  /** One column put into the text by `#`, with the words before and after it. */
  async function write(hands: Hands, { choices }: Places, [before, column, after]: [string, string, string]): Promise<void> {
    await hands.type(`${before}#${column}`)
    await shown(choices)
    await hands.press('Enter')
    await hands.type(after)
  }

  test(
    'a stranger’s own 200 rows: pasted, three variables, looked at, sent to the sandbox, and who did not get it and why',
    () =>
      visit(async (page) => {
        const hands = new Hands(page)
        const at = places(page)
        await page.goto('/')
        await copy(page, visitorList())
        await hands.click(at.door)
        await shown(at.area)
        await hands.press('Control+V')
        await shown(page.getByRole('heading', { name: '200명을 읽었어요' }))
        // What Excel broke is mended, and what cannot be is told by the row of the sheet.
        await shown(page.getByText('앞의 0이 빠진 번호 22개를 고쳤어요'))
        await says(at.notes, /12행\s+번호가 너무 짧아요\.\s*휴대폰 · 010-123/)
        await says(at.notes, /26행\s+엑셀이 뒷자리를 지웠어요/)
        await says(at.notes, /41행\s+번호가 비어 있어요/)
        await says(at.notes, /78행\s+2행과 번호가 같아요/)
        await says(at.table, '값이 휴대폰 번호예요')
        await says(at.table, '날짜를 숫자로 저장한 열이에요')
        await says(at.table, '2026-10-06')

        await hands.click(at.toMessage)
        await shown(at.text)
        expect(await at.text.inputValue()).toBe('#{이름}님, 안녕하세요.\n')
        await hands.press('Control+End')
        await write(hands, at, ['', '방문', '에 다녀가셨죠? 적립금 '])
        await write(hands, at, ['', '적립', '이 있어요.'])
        expect(await at.text.inputValue()).toBe('#{이름}님, 안녕하세요.\n#{방문일}에 다녀가셨죠? 적립금 #{적립금}이 있어요.')
        await hands.click(at.toSend)
        await counts(at.messages, 10)
        await says(at.messages.first(), '2026-10-06에 다녀가셨죠? 적립금 100원이 있어요.')

        await hands.click(at.send)
        const go = at.dialog.getByRole('button', { name: /명에게 (먼저 )?보내기$/ })
        await go.waitFor({ timeout: 60_000 })
        if (await at.first.isChecked()) await hands.click(at.first)
        await hands.click(go)
        await page.waitForURL(/\/runs\//)

        await accountedFor(page, at)
        await hands.click(page.getByRole('button', { name: '제외 4', exact: true }))
        await says(at.people, '번호의 형식이 맞지 않아요')
        await says(at.people, '같은 번호가 이미 있어요')
        expect(hands.actions).toBeLessThanOrEqual(40)
      }),
    LONG,
  )

  test(
    'the same by keyboard alone, in English and the dark',
    () =>
      visit(
        async (page) => {
          const hands = new Hands(page)
          const at = places(page, english)
          await page.goto('/')
          await copy(page, visitorList())
          await hands.tabTo(at.door)
          await hands.press('Enter')
          await shown(at.area)
          await hands.press('Control+V')
          await shown(page.getByRole('heading', { name: '200 people read' }))
          await hands.tabTo(at.toMessage, 'Shift+Tab')
          await hands.press('Enter')
          await shown(at.text)
          await hands.press('Control+End')
          await write(hands, at, ['', '방문', ', 적립금 '])
          await write(hands, at, ['', '적립', ''])
          await hands.tabTo(at.toSend, 'Shift+Tab')
          await hands.press('Enter')
          await counts(at.messages, 10)
          await hands.tabTo(at.send)
          await hands.press('Enter')
          const go = at.dialog.getByRole('button', { name: /^Send to [\d,]+( first)?$/ })
          await go.waitFor({ timeout: 60_000 })
          await hands.tabTo(at.first)
          await hands.press('Space')
          await hands.tabTo(at.dialog.getByRole('button', { name: 'Send to 195' }))
          await hands.press('Enter')
          await page.waitForURL(/\/runs\//)
          await accountedFor(page, at, english)
          await hands.tabTo(chip(page, english.states.message.skipped, 4))
          await hands.press('Enter')
          await says(at.people, /number/i)
          expect(hands.actions).toBeLessThanOrEqual(40)
        },
        { language: 'en-US', theme: 'dark' },
      ),
    LONG,
  )

  test(
    'a CSV as Korean Excel saves it, and a file that is none',
    () =>
      visit(async (page) => {
        const at = places(page)
        await page.goto('/start/list')
        await choose(page, { name: '회원.xls', buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]) })
        await says(page.getByRole('alert'), '옛 엑셀(xls) 파일이거나 비밀번호가 걸려 있어요.')
        // 똠 is one of the syllables that CP949 has beyond EUC-KR.
        await choose(page, { name: '11월 회원.csv', buffer: inCp949('이름,휴대폰\r\n똠방각하,1012345678\r\n') })
        await shown(page.getByRole('heading', { name: '1명을 읽었어요' }))
        await says(at.table, /똠방각하\s+010-1234-5678/)
        expect(await page.getByRole('textbox', { name: '명단 이름' }).inputValue()).toBe('11월 회원')
      }),
    LONG,
  )

  test(
    'an xlsx becomes the same graph that the editor opens; other people later take the place of the first',
    () =>
      visit(async (page) => {
        const at = places(page)
        await page.goto('/start/list')
        await choose(page, {
          name: '예약 손님.xlsx',
          buffer: makeXlsx('예약', [
            ['성함', '연락처', '예약일', '예약금'],
            ['김하나', 1_012_345_678, { value: 46_353, style: 1 }, { value: 30_000, style: 2 }],
            ['이둘', '010-2222-3333', { value: 46_354, style: 1 }, { value: 1_200_000, style: 2 }],
          ]),
        })
        await says(at.table, /이둘\s+010-2222-3333\s+2026-11-28\s+1,200,000원/)
        await at.toMessage.click()
        await shown(at.text)
        await page.getByRole('link', { name: '이전' }).click()
        await shown(page.getByRole('heading', { name: '2명을 읽었어요' }))
        await page.reload()
        await says(page.getByRole('region', { name: /‘예약 손님’ 명단을 쓰고 있어요/ }), '2명이 들어 있어요.')
        await copy(page, '성함\t연락처\t예약일\n박셋\t010-3333-4444\t46355')
        await at.area.press('Control+V')
        await at.toMessage.click()
        await shown(at.text)
        await page.getByRole('link', { name: '그래프로 보기' }).click()
        const editor = new EditorPage(page)
        await editor.choose('명단')
        await counts(editor.dock.getByRole('row', { name: /010-\*\*\*\*-4444/ }), 1)
        await expect
          .poll(() => editor.panel.getByRole('combobox', { name: '명단' }).inputValue(), { timeout: 10_000 })
          .toBe('예약 손님 · 1명')
      }),
    LONG,
  )

  test(
    'a pasted list outlives a look at another screen, and the browser asks before it goes',
    () =>
      visit(async (page) => {
        const at = places(page)
        await page.goto('/')
        await copy(page, visitorList())
        await find(page)
        await at.area.press('Control+V')
        await shown(page.getByRole('heading', { name: '200명을 읽었어요' }))
        await page.getByRole('link', { name: '오늘' }).click()
        await find(page)
        await shown(page.getByRole('heading', { name: '200명을 읽었어요' }))
        const asked = page.waitForEvent('dialog')
        const leaving = page.goto('/runs')
        const dialog = await asked
        expect(dialog.type()).toBe('beforeunload')
        await dialog.accept()
        await leaving
      }),
    LONG,
  )
})
