import { expect, test } from 'vitest'
import { journey, LONG } from './support/journey.ts'
import { Person, type Way } from './support/person.ts'
import { gone, says, shown } from './support/see.ts'
import { addSandbox, changeSandbox, smallReport } from './support/small-report.ts'

const WAY: Way = { hand: 'keyboard', language: 'en-US', theme: 'dark' }

// Journeys 4 to 6 without a mouse, in English and the dark: an operator stops a run, lets it go on, finds who did not get it and why,
// sends again to those, settles what nobody can tell, and answers somebody who calls.
journey('an operator with a keyboard', ({ product, visit }) => {
  /** Starts the draft of a workflow by its own call; the way to its page. */
  async function start(document: object): Promise<string> {
    const id = await product().addWorkflow(document)
    // schemas/api/workflows.ts' ExecuteResult.
    const { runId } = (await product().api('POST', `/api/workflows/${id}/execute`, { version: 'draft' })) as { runId: string }
    return `/runs/${runId}`
  }

  test(
    'pauses and continues; who failed and why; sends again to those only',
    () =>
      visit(async (page) => {
        const person = new Person(page, WAY)
        const { control, run, states } = person.words
        const button = (name: RegExp | string) => page.getByRole('button', { name })
        const ended = () => page.getByText(run.ended.law).waitFor({ timeout: LONG / 2 })
        const connection = await addSandbox(product(), 'Slow', { messagesPerSecond: 40, concurrency: 1 })
        await page.goto(await start(smallReport({ name: 'Weekly', people: 300, connection })))
        await person.press(button(control.pause.action))
        await shown(page.getByText(/^Paused by a person\. [\d,]+ people wait\./))
        // Whoever closes the tab and comes back finds the same.
        await page.reload()
        await shown(page.getByText(/^Paused by a person\. [\d,]+ people wait\./))
        await changeSandbox(product(), connection, { refuseShare: 1 })
        await person.press(button(control.resume.action))
        await ended()

        const failed = button(new RegExp(`^${states.message.failed} [\\d,]+$`))
        await person.press(failed)
        const people = page.getByRole('table', { name: run.table.name })
        await shown(people.getByRole('row').nth(1))
        await person.reachInto(people)
        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('Enter')
        const why = page.getByRole('complementary')
        await says(why, run.why.notGot)
        await says(why, run.why.answer.failed)
        await page.keyboard.press('Escape')

        await changeSandbox(product(), connection, {})
        await person.press(button(/^Send again to the [\d,]+ who failed$/))
        await person.press(page.getByRole('dialog').getByRole('button', { name: /^Send again to [\d,]+$/ }))
        await gone(page.getByRole('dialog'))
        await says(failed, /Failed\s*0$/)
        await ended()
      }, WAY),
    LONG * 2,
  )

  test(
    'what nobody can tell is settled at once; the number of somebody who calls, and all that is known of her',
    () =>
      visit(async (page) => {
        const person = new Person(page, WAY)
        const { control, run, finder, people } = person.words
        // A report that came would say what nobody could tell.
        const connection = await addSandbox(product(), 'Silent', { reportLateMs: 86_400_000, unknownShare: 1 })
        await page.goto(await start(smallReport({ name: 'Silence', people: 4, connection })))
        const banner = page.getByRole('region', { name: /^Nobody can tell whether/ })
        await banner.waitFor({ timeout: LONG / 2 })
        await person.press(banner.getByRole('button', { name: control.unconfirmed.sentAll }))
        await person.press(page.getByRole('dialog').getByRole('button', { name: control.unconfirmed.sentAll }))
        await gone(banner)

        const list = page.getByRole('table', { name: run.table.name })
        await person.reachInto(list)
        await page.keyboard.press('Enter')
        const why = page.getByRole('complementary')
        await person.press(why.getByRole('button', { name: run.why.reveal }))
        const number = /010-\d{4}-\d{4}/
        await says(why, number)
        const [address = ''] = number.exec(await why.innerText()) ?? []
        await page.keyboard.press('Escape')

        await page.keyboard.press('Control+k')
        await page.keyboard.type(address.replaceAll('-', ' '))
        await shown(page.getByRole('option', { name: new RegExp(finder.allOf.replace('{{address}}', '.*')) }))
        await page.keyboard.press('Enter')
        await page.waitForURL(/\/people\?address=/)
        const history = page.getByRole('table', { name: people.history })
        await says(history, 'Silence #1')
        await person.reachInto(history)
        await page.keyboard.press('Enter')
        await says(why, run.why.became)
        expect(page.url()).toContain('message=')
      }, WAY),
    LONG * 2,
  )
})
