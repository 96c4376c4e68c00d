import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { defineNode } from '#runtime/sdk/index.ts'

/** Hides the middle of a name: 김서연 → 김*연. An example of a step of one's own: docs/writing-a-node.md explains it line by line. */
export default defineNode({
  type: 'sample-mask-name',
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  title: { en: 'Mask a name', ko: '이름 가리기' },
  help: { en: 'Adds a column with the middle of the name hidden.', ko: '이름 가운데를 가린 열을 더해요. 김서연은 김*연이 돼요.' },
  icon: 'eye-off',
  keywords: ['mask', 'privacy', '가리기', '마스킹'],
  ports: { in: { rows: 'rows' }, out: { rows: 'rows' } },
  config: Type.Object(
    { column: Type.String({ minLength: 1, ...field({ title: { en: 'Name column', ko: '이름 열' } }, { widget: 'column' }) }) },
    { additionalProperties: false },
  ),
  defaults: { column: '' },
  summary: ({ column }) => ({ en: `masked_${column}`, ko: `masked_${column}` }),
  columns({ column }, inputs) {
    const columns = inputs.rows ?? []
    const found = columns.some(({ name }) => name === column)
    const problems = found ? [] : [{ code: 'unknown-column' as const, fields: { column }, field: 'column' }]
    return { out: { rows: [...columns, { name: `masked_${column}`, type: 'text', nullable: true }] }, problems }
  },
  process(batch, { column }) {
    return { rows: batch.map((row) => ({ ...row, [`masked_${column}`]: masked(row[column]) })) }
  },
  examples: [
    {
      config: { column: 'name' },
      in: [{ name: '김서연' }, { name: '남궁민수' }, { name: '이별' }, { name: null }],
      out: {
        rows: [
          { name: '김서연', masked_name: '김*연' },
          { name: '남궁민수', masked_name: '남**수' },
          { name: '이별', masked_name: '이*' },
          { name: null, masked_name: null },
        ],
      },
    },
  ],
})

function masked(name: unknown): string | null {
  if (typeof name !== 'string') return null
  const letters = [...name.normalize('NFC').trim()]
  if (letters.length < 2) return letters.join('')
  const last = letters.length === 2 ? '*' : `${'*'.repeat(letters.length - 2)}${letters.at(-1) ?? ''}`
  return `${letters[0] ?? ''}${last}`
}
