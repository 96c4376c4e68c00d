import Type from 'typebox'
import { field } from '#schemas/form.ts'
import type { Localized } from '#schemas/localized.ts'
import { defineNode, type NodeProblem, type Row, type SkippedRow, type Value } from '#runtime/sdk/index.ts'
import { HashSet64 } from './leave-out/address-set.ts'
import { identity } from './leave-out/identity.ts'

/** Does the column say that the person opted out? A time says when; a flag says yes. */
function optedOut(value: Value): boolean {
  if (value === null || value === undefined || value === false || value === 0 || value === '') return false
  return typeof value !== 'string' || !['0', 'false', 'f', 'n', 'no', 'N'].includes(value.trim())
}

function summary(config: { optOutColumn?: string; addresses?: string; duplicates: boolean; unusable: boolean }): Localized {
  const en: string[] = []
  const ko: string[] = []
  if (config.optOutColumn || config.addresses?.trim()) {
    en.push('opted out')
    ko.push('거부')
  }
  if (config.duplicates) {
    en.push('duplicates')
    ko.push('중복')
  }
  if (config.unusable) {
    en.push('bad addresses')
    ko.push('번호 오류')
  }
  if (en.length === 0) return { en: 'Leaves nobody out', ko: '아무도 빼지 않아요' }
  // Two fit on a card; the numbers at it tell the rest.
  return { en: `Without ${en.slice(0, 2).join(', ')}`, ko: `${ko.slice(0, 2).join('·')} 빼기` }
}

/** Takes out who must not get anything. They stay in the run with their reason: they count, and can be found. */
export default defineNode({
  type: 'leave-out',
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'audience',
  drops: true,
  title: { en: 'Leave out', ko: '받지 않을 사람 빼기' },
  help: {
    en: 'Leaves out who opted out, who is there twice, and who has no usable address. The run lists each of them with the reason.',
    ko: '수신 거부한 사람, 두 번 나온 사람, 번호가 잘못된 사람을 빼요. 실행 결과에 이유와 함께 남아요.',
  },
  icon: 'user-minus',
  keywords: ['exclude', 'opt-out', 'dedupe', 'unsubscribe', '제외', '거부', '중복', '빼기'],
  ports: { in: { rows: 'rows' }, out: { rows: 'rows' } },
  config: Type.Object(
    {
      address: Type.String({
        minLength: 1,
        maxLength: 200,
        ...field({ title: { en: 'Address column', ko: '번호·주소 열' } }, { widget: 'column', prefer: 'phone' }),
      }),
      kind: Type.Enum(['phone', 'email'], {
        ...field({
          title: { en: 'Kind of address', ko: '주소 종류' },
          options: { phone: { en: 'Phone number', ko: '휴대폰 번호' }, email: { en: 'E-mail', ko: '이메일' } },
        }),
      }),
      optOutColumn: Type.Optional(
        Type.String({
          maxLength: 200,
          ...field(
            {
              title: { en: 'Opt-out column', ko: '수신 거부 열' },
              help: { en: 'Leaves out rows where it says yes, or when.', ko: '‘예’이거나 거부한 때가 적혀 있으면 빼요.' },
            },
            { widget: 'column' },
          ),
        }),
      ),
      addresses: Type.Optional(
        Type.String({
          maxLength: 1_000_000,
          ...field(
            { title: { en: 'Never send to', ko: '보내지 않을 번호' }, help: { en: 'One per line', ko: '한 줄에 하나씩' } },
            { widget: 'multiline' },
          ),
        }),
      ),
      duplicates: Type.Boolean({
        ...field({
          title: { en: 'Leave out duplicates', ko: '같은 번호는 한 번만' },
          help: { en: 'The first row of an address counts.', ko: '먼저 나온 행만 남겨요.' },
        }),
      }),
      unusable: Type.Boolean({ ...field({ title: { en: 'Leave out unusable addresses', ko: '잘못된 번호 빼기' } }) }),
    },
    { additionalProperties: false },
  ),
  defaults: { address: '', kind: 'phone', duplicates: true, unusable: true },
  summary,
  columns(config, inputs) {
    const columns = inputs.rows ?? []
    const problems: NodeProblem[] = []
    const check = (name: string | undefined, path: string) => {
      if (name && !columns.some((column) => column.name === name)) {
        problems.push({ code: 'unknown-column', fields: { column: name }, field: path })
      }
    }
    check(config.address, 'address')
    check(config.optOutColumn, 'optOutColumn')
    const personal = columns.map((column) => (column.name === config.address ? { ...column, personal: true } : column))
    return { out: { rows: personal }, problems }
  },
  open(config) {
    const seen = new HashSet64()
    const blocked = new HashSet64()
    for (const line of (config.addresses ?? '').split(/[\n,;]/)) {
      const id = identity(line.trim(), config.kind)
      if (id !== null) blocked.add(id)
    }
    const judge = (row: Row): SkippedRow['reason'] | null => {
      const id = identity(row[config.address] ?? null, config.kind)
      if (config.optOutColumn && optedOut(row[config.optOutColumn] ?? null)) return 'opted-out'
      if (id === null) return config.unusable ? 'bad-address' : null
      if (blocked.has(id)) return 'opted-out'
      return config.duplicates && !seen.add(id) ? 'duplicate' : null
    }
    return {
      process(batch) {
        const rows: Row[] = []
        const skipped: SkippedRow[] = []
        for (const row of batch) {
          const reason = judge(row)
          if (reason === null) rows.push(row)
          else skipped.push({ row, reason })
        }
        return { rows, skipped }
      },
    }
  },
  examples: [
    {
      config: {
        address: 'phone',
        kind: 'phone',
        optOutColumn: 'opted_out_at',
        addresses: '010-9999-0000',
        duplicates: true,
        unusable: true,
      },
      in: [
        { phone: '010-1234-5678', opted_out_at: null },
        { phone: '+82 10 1234 5678', opted_out_at: null },
        { phone: '01-2345', opted_out_at: null },
        { phone: '01022223333', opted_out_at: '2026-10-02T00:00:00Z' },
        { phone: '01099990000', opted_out_at: null },
      ],
      out: {
        rows: [{ phone: '010-1234-5678', opted_out_at: null }],
        skipped: [
          { row: { phone: '+82 10 1234 5678', opted_out_at: null }, code: 'duplicate' },
          { row: { phone: '01-2345', opted_out_at: null }, code: 'bad-address' },
          { row: { phone: '01022223333', opted_out_at: '2026-10-02T00:00:00Z' }, code: 'opted-out' },
          { row: { phone: '01099990000', opted_out_at: null }, code: 'opted-out' },
        ],
      },
    },
  ],
})
