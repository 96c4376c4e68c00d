import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { defineNode, rowOf, type Message, type NodeProblem, type Row, type SkippedRow, type Value } from '#runtime/sdk/index.ts'
import { HashSet64 } from './leave-out/address-set.ts'
import { identity } from './leave-out/identity.ts'

type SameBy = 'phone' | 'email' | 'value' | 'nothing'

/** What makes two rows the same person; null: nothing does. */
function keyOf(value: Value | undefined, sameBy: SameBy): string | null {
  if (sameBy === 'nothing' || value === null || value === undefined || value === '') return null
  if (sameBy !== 'value') return identity(value, sameBy)
  return typeof value === 'string' ? value.trim().normalize('NFC') : JSON.stringify(value)
}

/** Of one list everybody is known by number: there is nothing to compare. */
const SEVERAL = { field: 'mode', is: 'append' }

/** Brings lines together again: branches of one audience, or several lists. */
export default defineNode({
  type: 'merge',
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  title: { en: 'Merge', ko: '합치기' },
  help: {
    en: 'Joins branches of one list again, each person once; or appends several lists, where who is on two of them counts on the first. Columns that a line does not have are empty for its people.',
    ko: '나눈 갈래를 다시 모아 한 사람을 한 번만 넘겨요. 여러 목록을 이어 붙일 때는 두 번 나온 사람을 먼저 온 목록에서만 남기고, 실행 결과에 ‘중복’으로 적어요. 한쪽에만 있는 열은 다른 쪽에서 빈 값이 돼요.',
  },
  icon: 'arrow-merge',
  keywords: ['merge', 'join', 'union', 'append', 'combine', '합치기', '모으기', '이어 붙이기', '병합'],
  ports: {
    in: { rows: { kind: 'rows', many: true, keep: true } },
    out: { rows: { kind: 'rows', keep: true } },
  },
  config: Type.Object(
    {
      mode: Type.Enum(['union', 'append'], {
        ...field({
          title: { en: 'What comes together', ko: '무엇을 합치나요?' },
          options: {
            union: { en: 'Branches of one list', ko: '나눈 갈래를 다시 모으기' },
            append: { en: 'Several lists: append them', ko: '여러 목록을 이어 붙이기' },
          },
        }),
      }),
      sameBy: Type.Optional(
        Type.Enum(['phone', 'email', 'value', 'nothing'], {
          ...field(
            {
              title: { en: 'Same person when', ko: '같은 사람으로 볼 때' },
              options: {
                phone: { en: 'The phone number is the same', ko: '휴대폰 번호가 같으면' },
                email: { en: 'The e-mail address is the same', ko: '이메일이 같으면' },
                value: { en: 'The value is the same', ko: '값이 같으면' },
                nothing: { en: 'Never: keep everyone', ko: '따지지 않고 모두 남기기' },
              },
            },
            { when: SEVERAL },
          ),
        }),
      ),
      key: Type.Optional(
        Type.String({
          maxLength: 200,
          ...field(
            {
              title: { en: 'Column to compare', ko: '비교할 열' },
              help: { en: 'Who comes a second time is left out as a duplicate.', ko: '두 번째로 나온 사람은 중복으로 빠져요.' },
            },
            { widget: 'column', prefer: 'phone', when: SEVERAL },
          ),
        }),
      ),
    },
    { additionalProperties: false },
  ),
  defaults: { mode: 'union', sameBy: 'phone' },
  merges: ({ mode }) => mode,
  summary: ({ mode, key, sameBy = 'phone' }) =>
    mode === 'union'
      ? { en: 'Each person once', ko: '한 사람은 한 번만' }
      : sameBy === 'nothing' || !key
        ? { en: 'Appends the lists', ko: '목록 이어 붙이기' }
        : { en: `Appended, once by ${key}`, ko: `이어 붙이기 · ${key} 중복 빼기` },
  columns({ mode, key, sameBy = 'phone' }, inputs) {
    const columns = inputs.rows ?? []
    const problems: NodeProblem[] = []
    if (mode === 'append' && sameBy !== 'nothing') {
      if (!key)
        problems.push({ code: 'config-missing', fields: { field: { en: 'Column to compare', ko: '비교할 열' } }, field: 'key' })
      else if (!columns.some(({ name }) => name === key))
        problems.push({ code: 'unknown-column', fields: { column: key }, field: 'key' })
    }
    return { out: { rows: columns }, problems }
  },
  open({ mode, key, sameBy = 'phone' }) {
    // Branches: whoever came before is not taken a second time already.
    if (mode === 'union' || !key) return { process: (batch) => ({ rows: batch }) }
    const seen = new HashSet64()
    return {
      process(batch) {
        const rows: (Row | Message)[] = []
        const skipped: SkippedRow[] = []
        for (const item of batch) {
          const row = rowOf(item)
          const same = keyOf(row[key], sameBy)
          if (same === null || seen.add(same)) rows.push(item)
          else skipped.push({ row, reason: 'duplicate' })
        }
        return { rows, skipped }
      },
    }
  },
  examples: [
    {
      title: { en: 'Two lists, each number once', ko: '두 목록, 번호마다 한 번' },
      config: { mode: 'append', sameBy: 'phone', key: 'phone' },
      in: [
        { phone: '010-1234-5678', from: '회원' },
        { phone: '+82 10 1234 5678', from: '이벤트' },
        { phone: '010-9999-0000', from: '이벤트' },
      ],
      out: {
        rows: [
          { phone: '010-1234-5678', from: '회원' },
          { phone: '010-9999-0000', from: '이벤트' },
        ],
        skipped: [{ row: { phone: '+82 10 1234 5678', from: '이벤트' }, code: 'duplicate' }],
      },
    },
    {
      title: { en: 'The same person however it is written', ko: '다르게 적어도 같은 사람' },
      config: { mode: 'append', sameBy: 'phone', key: 'phone' },
      in: [
        { phone: '010 1234 5678' },
        { phone: '０１０－１２３４－５６７８' },
        { phone: '0082-10-1234-5678' },
        { phone: '1012345678' },
        { phone: null },
        { phone: '번호 없음' },
      ],
      out: {
        rows: [{ phone: '010 1234 5678' }, { phone: null }, { phone: '번호 없음' }],
        skipped: [
          { row: { phone: '０１０－１２３４－５６７８' }, code: 'duplicate' },
          { row: { phone: '0082-10-1234-5678' }, code: 'duplicate' },
          { row: { phone: '1012345678' }, code: 'duplicate' },
        ],
      },
    },
    {
      title: { en: 'The same mailbox', ko: '같은 메일함' },
      config: { mode: 'append', sameBy: 'email', key: 'email' },
      in: [{ email: 'Kim@Example.com' }, { email: ' kim@example.COM ' }],
      out: { rows: [{ email: 'Kim@Example.com' }], skipped: [{ row: { email: ' kim@example.COM ' }, code: 'duplicate' }] },
    },
    {
      title: { en: 'Branches meet again', ko: '갈래를 다시 모으기' },
      config: { mode: 'union' },
      in: [{ phone: '01012345678' }, { phone: '01012345678' }],
      out: { rows: [{ phone: '01012345678' }, { phone: '01012345678' }] },
    },
  ],
})
