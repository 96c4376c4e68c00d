import type { Locator, Page } from 'playwright-core'

/** How somebody without a mouse goes on: with which key, and after how many presses she gives up. */
export interface Tabbing {
  readonly key?: 'Tab' | 'Shift+Tab'
  readonly most: number
}

/** Is that what the keyboard goes to now? */
export const isFocused = (what: Locator): Promise<boolean> => what.evaluate((element) => element === document.activeElement)

/** Presses Tab until she has arrived. @throws Error with `where`, what she was looking for */
export async function tabUntil(
  page: Page,
  arrived: () => Promise<boolean>,
  { key = 'Tab', most, where }: Tabbing & { where: string },
): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    if (await arrived()) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} does not lead to ${where} within ${most} presses`)
}

/** Presses Tab until that has the focus, once it is on the page. */
export async function tabTo(page: Page, what: Locator, tabbing: Tabbing): Promise<void> {
  await what.waitFor()
  await tabUntil(page, () => isFocused(what), { ...tabbing, where: String(what) })
}
