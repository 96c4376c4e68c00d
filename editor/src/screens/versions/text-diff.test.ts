import { expect, test } from 'vitest'
import { textDiff } from './text-diff.ts'

const marked = (before: string, after: string): string =>
  textDiff(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`))
    .join('')

test('Korean is compared word by word, and everything that stands there is told', () => {
  expect(marked('안녕하세요 #{이름}님', '안녕하세요 #{별명}님')).toBe('안녕하세요 #{[-이름-]{+별명+}}님')
  expect(marked('', '새 글')).toBe('{+새 글+}')
  expect(marked('줄 하나\n줄 둘', '줄 하나\n줄 셋')).toBe('줄 하나\n줄 [-둘-]{+셋+}')
})

test('both sides can be put together again out of the pieces', () => {
  const before = 'select id, name from users where plan = :plan\norder by id'
  const after = 'select id, name, phone\nfrom users\nwhere plan = :plan and active'
  const pieces = textDiff(before, after)
  const side = (left: string): string =>
    pieces
      .filter(({ kind }) => kind === 'same' || kind === left)
      .map(({ text }) => text)
      .join('')
  expect([side('removed'), side('added')]).toEqual([before, after])
})

test('very long texts are told as a whole', () => {
  const long = '가나다 '.repeat(6_000)
  expect(textDiff(long, `${long}!`)).toEqual([
    { kind: 'removed', text: long },
    { kind: 'added', text: `${long}!` },
  ])
})
