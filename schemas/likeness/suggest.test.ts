import { expect, test } from 'vitest'
import type { ValueType } from '../column.ts'
import { suggestColumns } from './suggest.ts'

const column = (name: string, type: ValueType = 'text', label?: string) => ({ name, type, label })
const offered = (...given: Parameters<typeof suggestColumns>) =>
  suggestColumns(...given).map((one) => `${one.column.name} ${one.reason}`)

test('names in another language, friendly names, values, and what was mapped before: each with its reason', () => {
  const columns = [column('company_name'), column('c17', 'text', '담당 매장'), column('fld_3'), column('memo')]
  expect(offered('회사명', columns)[0]).toBe('company_name meaning')
  expect(offered('companyName', columns)[0]).toBe('company_name name')
  expect(offered('담당매장', columns)[0]).toBe('c17 name')
  expect(offered('비상 연락처', columns, { sample: { fld_3: '010-****-1234' } })).toEqual(['fld_3 phone'])
  expect(offered('한마디', columns)).toEqual([])
  expect(offered('한마디', columns, { past: [{ variable: '한 마디', column: 'memo' }] })).toEqual(['memo past'])
  // What is called the same is the same, whatever was done elsewhere.
  const both = [column('memo'), column('한마디')]
  expect(offered('한마디', both, { past: [{ variable: '한마디', column: 'memo' }] })).toEqual(['한마디 name', 'memo past'])
})

test('of two columns that mean the same the one of the right type comes first', () => {
  const columns = [column('review_total', 'date'), column('review_count', 'integer')]
  expect(offered('리뷰 수', columns)[0]).toBe('review_count meaning')
  const days = [column('joined', 'boolean'), column('joined_on', 'date')]
  expect(offered('가입일', days)[0]).toBe('joined_on meaning')
  expect(offered('이름', [column('name_at', 'instant'), column('nm')])[0]).toBe('nm meaning')
})

test('a wish for surer guesses leaves the others out', () => {
  expect(offered('이름', [column('company_name')])).toHaveLength(1)
  expect(offered('이름', [column('company_name')], { least: 0.6 })).toEqual([])
})
