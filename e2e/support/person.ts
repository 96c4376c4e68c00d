import type { Locator, Page } from 'playwright-core'
import { words as english } from '#editor/words/en/all.ts'
import { words as korean, type Words } from '#editor/words/ko/all.ts'
import { shown } from './see.ts'
import { isFocused, tabUntil } from './tab-to.ts'
import type { VisitOptions } from './visit.ts'

/** How somebody comes: with which hand, in which language, by day or by night. */
export interface Way {
  readonly hand: 'mouse' | 'keyboard'
  readonly language: NonNullable<VisitOptions['language']>
  readonly theme: NonNullable<VisitOptions['theme']>
}

/** Each journey is walked both ways, so that each hand, language and theme has led through it. */
export const WAYS: readonly Way[] = [
  { hand: 'mouse', language: 'ko-KR', theme: 'light' },
  { hand: 'keyboard', language: 'en-US', theme: 'dark' },
]

/** Tabs in a row after which somebody gives up. */
const PATIENCE = 200

/** Somebody at a page who has a mouse, or a keyboard and nothing else. */
export class Person {
  readonly page: Page
  readonly hand: Way['hand']
  /** What the page says in her language. */
  readonly words: Words

  constructor(page: Page, { hand, language }: Way) {
    this.page = page
    this.hand = hand
    this.words = language === 'ko-KR' ? korean : english
  }

  /** A button, a link, a tab: clicked, or reached by Tab and pressed. */
  async press(what: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await shown(what)
    if (this.hand === 'mouse') return what.click()
    await this.reach(what)
    await this.page.keyboard.press(key)
  }

  /** Text into a field, in place of what stood there. */
  async write(field: Locator, text: string): Promise<void> {
    if (this.hand === 'mouse') await field.click()
    else await this.reach(field)
    await this.page.keyboard.press('Control+a')
    await this.page.keyboard.type(text)
  }

  /** Tab until that has the focus. */
  async reach(what: Locator): Promise<void> {
    await this.#tab(what, () => isFocused(what))
  }

  /** Tab until something in it has the focus: a list, from where arrows go on. */
  async reachInto(what: Locator): Promise<void> {
    await this.#tab(what, () => what.evaluate((element) => element.contains(document.activeElement)))
  }

  async #tab(what: Locator, arrived: () => Promise<boolean>): Promise<void> {
    await shown(what)
    await tabUntil(this.page, arrived, { most: PATIENCE, where: String(what) })
  }
}
