import { expect, test } from 'vitest'
import { words as english } from './en/all.ts'
import { words as korean } from './ko/all.ts'
import { preferredLanguage } from './start-words.ts'

function flat(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : flat(value as object, `${path}${key}.`),
  )
}

const ko = new Map(flat(korean))
const en = new Map(flat(english))

const byText = (a: string, b: string) => (a < b ? -1 : 1)

/** Halves of sentences that only one of the languages needs. */
const halves = new Set(['editor.palette.afterPort'])

test('both languages have the same keys, and no text is empty', () => {
  expect([...en.keys()].toSorted(byText)).toEqual([...ko.keys()].toSorted(byText))
  expect(
    [...ko, ...en]
      .filter(([, text]) => text.trim() === '')
      .map(([key]) => key)
      .filter((key) => !halves.has(key)),
  ).toEqual([])
})

test('both languages fill the same placeholders', () => {
  const names = (text: string) =>
    [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? ''))].toSorted(byText)
  const different = [...ko].filter(([key, text]) => names(text).join() !== names(en.get(key) ?? '').join()).map(([key]) => key)
  expect(different).toEqual([])
})

test('English has no Hangul left in it, but for what is Hangul on the phone too', () => {
  const same = new Set(['parts.phone.alimtalk', 'launch.nightNoAd', 'launch.nightDay', 'launch.nightBadHow'])
  expect([...en].filter(([key, text]) => /[가-힣]/.test(text) && !same.has(key))).toEqual([])
})

test('the language is the chosen one, else the first of the browser that exists, else English', () => {
  expect(preferredLanguage('en', ['ko-KR'])).toBe('en')
  expect(preferredLanguage(null, ['fr', 'ko-KR', 'en'])).toBe('ko')
  expect(preferredLanguage('xx', ['fr'])).toBe('en')
})
