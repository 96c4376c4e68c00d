import { expect } from 'vitest'
import type { Locator } from 'playwright-core'

/** How long a person would wait before she says that it does not work, in milliseconds. */
const PATIENCE = 12_000

/** It is on the page, and can be seen. */
export const shown = (what: Locator) => what.waitFor({ state: 'visible', timeout: PATIENCE })

/** It is not on the page any more. */
export const gone = (what: Locator) => what.waitFor({ state: 'hidden', timeout: PATIENCE })

/** Its visible text comes to contain or match this. */
export const says = (what: Locator, text: string | RegExp) =>
  text instanceof RegExp
    ? expect.poll(() => what.innerText(), { timeout: PATIENCE }).toMatch(text)
    : expect.poll(() => what.innerText(), { timeout: PATIENCE }).toContain(text)

/** There come to be so many of them. */
export const counts = (what: Locator, many: number) => expect.poll(() => what.count(), { timeout: PATIENCE }).toBe(many)

/** The middle of what is shown, in pixels of the page, once it stands still: a hand does not reach for what moves. */
export async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const element = await of.elementHandle({ timeout: PATIENCE })
  await element?.waitForElementState('stable', { timeout: PATIENCE })
  const box = await of.boundingBox()
  if (box === null) throw new Error(`not on the page: ${String(of)}`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
