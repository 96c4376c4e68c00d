import { expect, test } from 'vitest'
import { namesWith } from './names.ts'
import { readRunText } from './run-text.ts'

test('a run is meant by its number, with or without its workflow', () => {
  expect(readRunText('#128')).toEqual({ name: '', number: 128 })
  expect(readRunText(' 주간 리뷰 #128 ')).toEqual({ name: '주간 리뷰', number: 128 })
  expect(readRunText('리뷰 128')).toEqual({ name: '리뷰', number: 128 })
  expect(readRunText('＃１２')).toEqual({ name: '', number: 12 })
  expect(readRunText('주간 리뷰')).toBeNull()
  // Ten digits and more are a phone number's.
  expect(readRunText('01012345678')).toBeNull()
})

test('names are found by consonants, the nearest to their beginning first', () => {
  const all = [
    { id: '1', name: '지난 주간 리뷰' },
    { id: '2', name: '주간 리뷰' },
    { id: '3', name: 'Weekly report' },
  ]
  expect(namesWith(all, 'ㅈㄱ').map(({ id }) => id)).toEqual(['2', '1'])
  expect(namesWith(all, 'REPORT')).toEqual([{ id: '3', name: 'Weekly report', match: [7, 13] }])
  expect(namesWith(all, '  ')).toEqual([])
})
