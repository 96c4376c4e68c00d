import type { Page } from 'playwright-core'
import { test } from 'vitest'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { counts, gone, says, shown } from './support/see.ts'

// People part on the canvas by what they are, each way with its own text; and two lists become one, in which everybody is once.

const GRADES = `select name, contacts as mobile, case when id % 3 = 0 then 'VIP' else '일반' end as grade
from customers where status = 'active' order by id limit 30`

journey('ways that part and meet', ({ product, visit }) => {
  test(
    'VIPs and the rest, two texts, two channels: drawn by hand, and the counts of the run are right',
    () =>
      visit(async (page) => {
        const editor = new EditorPage(page)
        await editor.open(await product().addWorkflow(list('등급별 소식', GRADES)))
        await editor.choose('회원')
        await editor.addStep()
        // By first consonants of a word that people use for it: 갈래.
        await page.keyboard.type('ㄱㄹ')
        await editor.fromPalette('조건으로 나누기')
        await editor.panel.getByRole('textbox', { name: '1번째 이름' }).fill('VIP')
        await editor.panel.getByRole('button', { name: '조건 추가' }).click()
        await editor.select('열', /^grade/)
        await editor.panel.getByRole('textbox', { name: '값', exact: true }).fill('VIP')
        await shown(editor.step('조건으로 나누기').getByText('VIP', { exact: true }))

        await editor.wireOutOf('조건으로 나누기', 'VIP', { right: 120, down: -40 })
        await writeAndSend(editor, { way: 'VIP', text: 'VIP 고객님께만 드려요.' })
        await editor.wireOutOf('조건으로 나누기', '나머지', { right: 120, down: 160 })
        await writeAndSend(editor, { way: '나머지', text: '모두에게 드려요.' })
        await gone(editor.canvas.getByRole('button', { name: /^고칠 것/ }))
        await editor.saved()

        await editor.runToAll()
        await page.getByText('합계 일치').waitFor({ timeout: LONG / 2 })
        await openPicture(page)
        await says(page.getByRole('group', { name: '조건으로 나누기', exact: true }), /VIP\s*10/)
        await says(page.getByRole('group', { name: '조건으로 나누기', exact: true }), /나머지\s*20/)
        await says(page.getByRole('group', { name: 'VIP 보내기', exact: true }), '10건')
        await says(page.getByRole('group', { name: '나머지 보내기', exact: true }), '20건')
      }),
    LONG,
  )

  test(
    'two lists meet in a merge; the problem offers to append them, and who is on both gets it once',
    () =>
      visit(async (page) => {
        const document = list('두 목록', GRADES)
        document.nodes.push(
          source('guests', '손님', 'select contacts as mobile, name from customers where id > 0 order by id limit 10', 220, 200),
          { ...node('text', 'template', { text: '함께해 주셔서 고마워요.' }, 660, 0), label: '인사' },
          { ...node('send', 'send-sms', { connection: 'sandbox', address: 'mobile', expiresAfter: 60 }, 880, 0), label: '문자' },
        )
        document.edges.push(line('start', 'start', 'guests', 'start'), line('text', 'messages', 'send', 'messages'))
        const editor = new EditorPage(page)
        await editor.open(await product().addWorkflow(document))
        await editor.choose('회원')
        await editor.addStep()
        await page.keyboard.type('합치기')
        await editor.fromPalette('합치기')
        await counts(editor.line('회원', '합치기'), 1)
        await editor.join({ from: '손님', to: '합치기' })
        await counts(editor.line('손님', '합치기'), 1)
        await counts(editor.line('회원', '합치기'), 1)
        await editor.join({ from: '합치기', to: '인사' })

        await editor.choose('합치기')
        await editor.panel.getByRole('button', { name: '목록 이어 붙이기로 바꾸기' }).click()
        await editor.select('비교할 열', /^mobile/)
        // Which list is read first, by keys: the button that had the focus goes along with its row.
        const first = editor.panel.getByRole('list', { name: '이어 붙이는 순서' }).getByRole('listitem').first()
        await says(first, '회원')
        await editor.panel.getByRole('button', { name: '‘손님’ 위로' }).focus()
        await page.keyboard.press('Enter')
        await says(first, '손님')
        await page.keyboard.press('Enter')
        await says(first, '회원')
        await gone(editor.canvas.getByRole('button', { name: /^고칠 것/ }))
        await editor.saved()

        await editor.runToAll()
        await page.getByText('합계 일치').waitFor({ timeout: LONG / 2 })
        await shown(page.getByRole('button', { name: /^제외 [1-9]\d*$/ }))
        await openPicture(page)
        await says(page.getByRole('group', { name: '합치기', exact: true }), /[1-9]\d*명 빠짐/)
      }),
    LONG,
  )
})

function node(id: string, type: string, config: object, x = 0, y = 0) {
  return { id, type, typeVersion: 1, position: { x, y }, config } as {
    id: string
    type: string
    typeVersion: number
    label?: string
    position: { x: number; y: number }
    config: object
  }
}

function source(id: string, label: string, sql: string, x: number, y: number) {
  return { ...node(id, 'sql-source', { connection: 'sample-shop', sql }, x, y), label }
}

function line(from: string, sourcePort: string, target: string, targetPort: string) {
  return { id: `${from}-${target}`, source: from, sourcePort, target, targetPort }
}

/** A start and one list, as somebody drew it before. */
function list(name: string, sql: string) {
  return {
    schemaVersion: 1,
    name,
    nodes: [node('start', 'manual-trigger', {}), source('members', '회원', sql, 220, 0)],
    edges: [line('start', 'start', 'members', 'start')],
  }
}

/** In the open palette: a text, and behind it a channel, both named after the way that they are for. */
async function writeAndSend(editor: EditorPage, { way, text }: { way: string; text: string }): Promise<void> {
  const { page, panel } = editor
  await editor.fromPalette('템플릿')
  const body = panel.getByRole('textbox', { name: '글', exact: true })
  await body.click()
  await page.keyboard.type(text)
  await editor.rename(`${way} 글`)
  await editor.addStep()
  await editor.fromPalette('문자 보내기')
  await editor.select('보내는 서비스', '샌드박스')
  await editor.select('휴대폰 번호 열', /^mobile/)
  await editor.rename(`${way} 보내기`)
  await counts(editor.line(`${way} 글`, `${way} 보내기`), 1)
}

async function openPicture(page: Page): Promise<void> {
  await page.getByRole('radiogroup', { name: '보기' }).getByText('흐름', { exact: true }).click()
}
