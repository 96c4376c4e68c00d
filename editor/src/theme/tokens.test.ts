import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')

function tokensOf(block: string): Record<string, string> {
  return Object.fromEntries([...block.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]))
}

const [lightBlock = '', darkBlock = ''] = css.split(":root[data-mantine-color-scheme='dark']")
const light = tokensOf(lightBlock)
const themes = { light, dark: { ...light, ...tokensOf(darkBlock) } }

/** Contrast of WCAG 2: relative luminance of sRGB. */
function contrast(a: string, b: string): number {
  const luminance = (color: string) => {
    const channel = (place: number) => {
      const part = Number.parseInt(color.slice(1 + place * 2, 3 + place * 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    }
    return 0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2)
  }
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const grounds = ['bg', 'surface', 'sunken']
const texts = [
  ...['ink', 'ink-2', 'ink-3'].flatMap((ink) => grounds.map((ground) => [ink, ground])),
  ...['accent', 'ok', 'warn', 'bad', 'trigger', 'source', 'transform', 'channel'].flatMap((color) => [
    [color, `${color}-soft`],
    [color, 'surface'],
  ]),
  ['on-accent', 'accent'],
  ['on-bad', 'bad'],
  ['surface', 'ok'],
  ['surface', 'warn'],
  ['surface', 'ink-2'],
  ['surface', 'ink'],
  ['ink', 'accent-soft'],
  ['ink-2', 'accent-soft'],
  ['ink', 'bad-soft'],
  ['ink-2', 'bad-soft'],
  ['kakao-ink', 'kakao'],
  ['bubble-ink', 'bubble'],
  ['bubble-ink-2', 'bubble'],
  ['bubble-ink', 'bubble-button'],
  ['bubble-ink', 'bubble-value'],
  ['bubble-hole', 'bubble-hole-soft'],
]
const edges = [
  ['control', 'surface'],
  ['control', 'bg'],
  ['accent', 'bg'],
  ['accent', 'surface'],
]

test.each(Object.entries(themes))('%s: text has 4.5:1, edges of controls and focus 3:1', (_, tokens) => {
  const missed = (pairs: readonly (readonly string[])[], least: number) =>
    pairs.flatMap(([front = '', back = '']) => {
      const [a, b] = [tokens[front], tokens[back]]
      if (a === undefined || b === undefined) return [`${front} or ${back} is no token`]
      const ratio = contrast(a, b)
      return ratio < least ? [`${front} on ${back}: ${ratio.toFixed(2)}`] : []
    })
  expect([...missed(texts, 4.5), ...missed(edges, 3)]).toEqual([])
})
