import { expect, test } from 'vitest'
import welcome from '../examples/welcome-message.json' with { type: 'json' }
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { counts, gone, says, shown } from './support/see.ts'

/** The welcome message, started by a webhook instead of an event. */
const byWebhook = {
  ...welcome,
  name: '웹훅 환영',
  nodes: welcome.nodes.map((node) =>
    node.id === 'start'
      ? {
          ...node,
          type: 'webhook-trigger',
          label: '가입 신호',
          config: { columns: 'columns' in node.config ? node.config.columns : [] },
        }
      : node,
  ),
}

// A workflow that another service starts: its address, a secret that is shown once, and a message that goes out when something happens.
journey('a workflow by event', ({ product, visit }) => {
  test(
    'an address is made; its secret is shown once, also when it is changed',
    () =>
      visit(async (page) => {
        const editor = new EditorPage(page)
        await editor.open(await product().addWorkflow(byWebhook))
        await editor.choose('가입 신호')
        const secret = editor.panel.getByRole('status').filter({ hasText: '비밀 키는 지금만 보여요' })
        const address = editor.panel.getByRole('textbox', { name: '부르는 주소' })
        await editor.button('주소 만들기').click()
        await shown(secret)
        await says(secret, /whsec_\S+/)
        await shown(address)
        const made = await address.inputValue()
        expect(made).toMatch(/^\/hooks\/\S+/)
        const first = await secret.innerText()

        // Whoever comes back finds the address, and no secret.
        await page.reload()
        await editor.choose('가입 신호')
        await shown(address)
        expect(await address.inputValue()).toBe(made)
        await gone(secret)

        await editor.button('비밀 키 바꾸기').click()
        await page.getByRole('dialog').getByRole('button', { name: '비밀 키 바꾸기' }).click()
        await shown(secret)
        await says(secret, /whsec_\S+/)
        expect(await secret.innerText()).not.toBe(first)
        await shown(editor.panel.getByText(/^전의 비밀 키도 쓸 수 있는 때까지:/))
      }),
    LONG,
  )

  test(
    'somebody signs up, and the welcome stands in the run that takes events',
    () =>
      visit(async (page) => {
        const id = await product().addWorkflow(welcome)
        const editor = new EditorPage(page)
        await editor.open(id)
        await editor.button('게시').click()
        await shown(page.getByText('게시본 v1', { exact: true }))
        await product().api('POST', `/api/workflows/${id}/enable`, {})
        const payload = { name: '김서연', mobile: '010-2345-6789', store_name: '행복분식', coupon: 5000 }
        await product().api('POST', '/api/events', { event: 'user.signed-up', payload })
        await page.goto(`/workflows/${id}/runs`)
        await page.getByRole('link', { name: /#1/ }).first().click()
        await shown(page.getByRole('heading', { name: '지금까지 1명' }))
        await page.getByRole('radiogroup', { name: '보기' }).getByText('사람', { exact: true }).click()
        const people = page.getByRole('table', { name: '받는 사람 목록' })
        await counts(people.getByText('010-****-6789'), 1)
      }),
    LONG,
  )
})
