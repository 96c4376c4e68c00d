import { test } from 'vitest'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { counts, gone, says, shown } from './support/see.ts'

const node = (id: string, type: string, label: string, x: number, config: object) => ({
  id,
  type,
  typeVersion: 1,
  label,
  position: { x, y: 0 },
  config,
})
const edge = (source: string, sourcePort: string, target: string, targetPort: string) => ({
  id: `${source}-${target}`,
  source,
  sourcePort,
  target,
  targetPort,
})

/** People with an appointment after so long, and a message about it. */
const appointments = (after: string) => ({
  schemaVersion: 1,
  name: '예약 알림',
  nodes: [
    node('start', 'manual-trigger', '직접 시작', 0, {}),
    node('people', 'sql-source', '예약한 사람', 220, {
      connection: 'sample-shop',
      sql: `select name, contacts as mobile, now() + interval '${after}' as visit_at from customers where status = 'active' and contacts like '010%' order by id limit 20`,
    }),
    node('fill', 'mapping', '변수 채우기', 440, { variables: { 이름: { column: 'name' } } }),
    node('text', 'template', '방문 안내', 660, { text: '#{이름}님, 곧 만나요!' }),
    node('sms', 'send-sms', '문자 보내기', 880, { connection: 'sandbox', address: 'mobile', expiresAfter: 60 }),
  ],
  edges: [
    edge('start', 'start', 'people', 'start'),
    edge('people', 'rows', 'fill', 'rows'),
    edge('fill', 'rows', 'text', 'rows'),
    edge('text', 'messages', 'sms', 'messages'),
  ],
})

/** The same with a wait until the appointment. */
function waitingFor(after: string) {
  const drawn = appointments(after)
  const until = { kind: 'column', column: 'visit_at', side: 'before', shift: 0, past: 'go' }
  return {
    ...drawn,
    nodes: [...drawn.nodes, node('wait', 'wait', '기다리기', 330, { until })],
    edges: [
      ...drawn.edges.filter(({ source }) => source !== 'people'),
      edge('people', 'rows', 'wait', 'rows'),
      edge('wait', 'after', 'fill', 'rows'),
    ],
  }
}

journey('waiting until the time has come', ({ visit, product }) => {
  test(
    'a wait is put into the line, set to a column, and shown in the preview and in the run',
    () =>
      visit(async (page) => {
        const editor = new EditorPage(page)
        await editor.open(await product().addWorkflow(appointments('1 day')))
        await editor.choose('예약한 사람')
        await editor.addStep()
        await editor.fromPalette('기다리기')
        await counts(editor.line('예약한 사람', '기다리기'), 1)
        await counts(editor.line('기다리기', '변수 채우기'), 1)
        await says(editor.step('기다리기'), '3일 기다려요')

        await editor.select('언제까지', '열에 적힌 때까지')
        await shown(editor.problemBadge('기다리기'))
        await editor.select('언제인지 적힌 열', /^visit_at/)
        await gone(editor.problemBadge('기다리기'))
        await says(editor.step('기다리기'), 'visit_at까지 기다려요')

        await editor.choose('방문 안내')
        await editor.button('미리보기').click()
        await says(editor.bubble, /님, 곧 만나요!/)
        await shown(editor.panel.getByText('기다렸다가 보내요'))
        await editor.saved()

        await editor.runToAll()
        await shown(page.getByText('기다리기 단계에 있어요. 때가 되면 저절로 이어서 보내요.'))
        await shown(page.getByText('20명이 기다리기 단계에서 때를 기다려요.', { exact: true }))
        await says(page.getByRole('group', { name: '기다리기', exact: true }), '20명 대기')
      }),
    LONG,
  )

  test(
    'when the time has come it goes on by itself, and everybody gets the message',
    () =>
      visit(async (page) => {
        const editor = new EditorPage(page)
        await editor.open(await product().addWorkflow(waitingFor('20 seconds')))
        await editor.runToAll()
        await page.getByText('합계 일치').waitFor({ timeout: LONG })
        await shown(page.getByRole('button', { name: /^전달 \d+$/ }))
      }),
    LONG * 2,
  )
})
