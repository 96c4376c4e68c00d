import type { Locator, Page } from 'playwright-core'
import { gone, middle, shown } from './see.ts'

/** The editor as a person meets it: by roles, labels and words. Korean unless told. */
export class EditorPage {
  readonly page: Page
  readonly canvas: Locator
  readonly panel: Locator
  readonly dock: Locator
  readonly palette: Locator
  /** The message of the person shown, beside the form. */
  readonly bubble: Locator

  constructor(page: Page) {
    this.page = page
    this.canvas = page.getByRole('region', { name: '워크플로 그림' })
    this.panel = page.getByRole('complementary')
    this.dock = page.getByRole('region', { name: '데이터와 문제' })
    this.palette = page.getByRole('dialog', { name: '단계 고르기' })
    this.bubble = this.panel.getByRole('group', { name: '받는 사람이 보는 메시지' })
  }

  /** The card of a step on the canvas. */
  step(label: string): Locator {
    return this.canvas.getByRole('group', { name: label, exact: true })
  }

  /** The line from one step to another. */
  line(from: string, to: string): Locator {
    return this.canvas.getByRole('group', { name: `${from} → ${to}`, exact: true })
  }

  problemBadge(label: string): Locator {
    return this.step(label).getByRole('img', { name: /^문제 \d+개$/ })
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  field(label: string): Locator {
    return this.panel.getByRole('textbox', { name: label, exact: true })
  }

  async open(workflowId: string): Promise<void> {
    await this.page.goto(`/workflows/${workflowId}`)
    // The editor is the largest screen, and the machine may be busy with the other tests.
    await this.canvas.waitFor({ timeout: 60_000 })
  }

  async choose(label: string): Promise<void> {
    await this.step(label).click()
    await shown(this.panel.getByRole('textbox', { name: '단계 이름' }))
  }

  async tab(name: '오가는 데이터' | '실행 결과' | '문제'): Promise<void> {
    await this.dock.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
  }

  /** Opens the palette by its button. */
  async addStep(): Promise<void> {
    await this.canvas.getByRole('button', { name: /^단계 추가/ }).click()
    await shown(this.palette)
  }

  /** Clicks a step type in the open palette. */
  async fromPalette(title: string): Promise<void> {
    await this.palette.getByRole('option', { name: new RegExp(`^${title}`) }).click()
    await gone(this.palette)
  }

  /** Draws a wire from the first output of a step to a place beside it; the palette opens there. */
  async wireOut(label: string, { right, down }: { right: number; down: number }): Promise<void> {
    const from = await this.port(label, 'out')
    await this.drag(from, { x: from.x + right, y: from.y + down })
    await shown(this.palette)
  }

  /** `wireOut` from the output of that name. */
  async wireOutOf(label: string, port: string, { right, down }: { right: number; down: number }): Promise<void> {
    const from = await middle(this.step(label).locator(`.react-flow__handle-right[title="${port}"]`))
    await this.drag(from, { x: from.x + right, y: from.y + down })
    await shown(this.palette)
  }

  /** Draws a line from one step's output to another's input. */
  async join({ from, to }: { from: string; to: string }): Promise<void> {
    await this.drag(await this.port(from, 'out'), await this.port(to, 'in'))
  }

  /** Gives the chosen step another name. */
  async rename(label: string): Promise<void> {
    await this.field('단계 이름').fill(label)
    await this.page.keyboard.press('Enter')
    await shown(this.step(label))
  }

  /** The middle of the first port on that side of a card. Ports have no role: React Flow's own class names them. */
  port(label: string, side: 'in' | 'out'): Promise<{ x: number; y: number }> {
    return middle(
      this.step(label)
        .locator(side === 'out' ? '.react-flow__handle-right' : '.react-flow__handle-left')
        .first(),
    )
  }

  /** Waits until the server has the draft. */
  async saved(): Promise<void> {
    await shown(this.page.getByRole('status').filter({ hasText: /^저장됨/ }))
  }

  /** Puts the caret into the SQL editor at the end of a line, counted from the last one (1) as it is drawn. */
  async toSqlLine(fromLast: number): Promise<void> {
    await this.panel.getByRole('textbox', { name: '조회문', exact: true }).focus()
    await this.page.keyboard.press('Control+End')
    for (let up = 1; up < fromLast; up++) await this.page.keyboard.press('ArrowUp')
    await this.page.keyboard.press('End')
  }

  /** The dialog that asks before anything is sent. */
  get launch(): Locator {
    return this.page.getByRole('dialog')
  }

  /** Presses run, lets it prepare, and says yes to everybody; the run's page comes. */
  async runToAll(): Promise<void> {
    await this.button('실행').click()
    const all = this.launch.getByRole('button', { name: /명에게 (먼저 )?보내기$/ })
    await all.waitFor({ timeout: 60_000 })
    const first = this.launch.getByRole('checkbox', { name: '먼저 몇 명에게만 보내고 확인하기' })
    if (await first.isChecked()) await first.uncheck()
    await all.click()
    await this.page.waitForURL(/\/runs\//)
  }

  /** Opens a select of the panel by its label and takes the option that begins so. */
  async select(label: string, option: string | RegExp, within: Locator = this.panel): Promise<void> {
    await within.getByRole('combobox', { name: label, exact: true }).click()
    await this.page.getByRole('option', { name: option }).first().click()
  }

  /** Drags from one place to another as a hand does: in steps, so that what lies below notices. */
  async drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    const { mouse } = this.page
    await mouse.move(from.x, from.y)
    await mouse.down()
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 6 })
    await mouse.move(to.x, to.y, { steps: 6 })
    await mouse.up()
  }
}
