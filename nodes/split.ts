import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { defineNode, rowOf, type Message, type NodeProblem, type Row } from '#runtime/sdk/index.ts'
import { MOST_WAYS, namesOf, way, wayProblems } from './named-ways/named-ways.ts'
import { byCount, byKey, byTurns } from './split/sides.ts'

const Part = Type.Object(
  {
    ...way,
    share: Type.Number({ minimum: 0, maximum: 10_000_000, ...field({ title: { en: 'Share', ko: '비율·인원' } }) }),
  },
  { additionalProperties: false },
)

/** A sum of percentages that people wrote with two places: 33.33 + 33.33 + 33.34. */
const rounded = (sum: number): number => Math.round(sum * 100) / 100

/** Shares people out among named ways: by percentage, or by count. */
export default defineNode({
  type: 'split',
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'audience',
  title: { en: 'Split', ko: '비율로 나누기' },
  help: {
    en: 'Shares people out: by percentage, for a test of two texts, or by count: the first so many, then the rest. With a column, a person gets the same side in every run.',
    ko: '사람을 비율이나 인원으로 나눠요. 두 글을 비교해 보내거나, 앞의 몇 명에게 먼저 보낼 때 써요. 기준 열을 고르면 같은 사람은 다음 실행에서도 같은 쪽으로 가요.',
  },
  icon: 'arrows-split',
  keywords: ['split', 'a/b', 'ab test', 'percent', 'sample', '나누기', '비율', '무작위', '테스트', '몇 명 먼저'],
  ports: {
    in: { rows: { kind: 'rows', keep: true } },
    // The names of the parts are the person's, so the type of the outputs is any name.
    out: {} as Record<string, { kind: 'rows'; keep: true }>,
    outFrom: { list: 'parts', kind: 'rows', keep: true },
  },
  config: Type.Object(
    {
      by: Type.Enum(['percent', 'count'], {
        ...field({
          title: { en: 'Split by', ko: '나누는 방법' },
          options: { percent: { en: 'Percentage', ko: '비율(%)' }, count: { en: 'Count', ko: '인원' } },
        }),
      }),
      parts: Type.Array(Part, {
        minItems: 2,
        maxItems: MOST_WAYS,
        ...field({ title: { en: 'Groups', ko: '그룹' } }, { widget: 'shares' }),
      }),
      key: Type.Optional(
        Type.String({
          maxLength: 200,
          ...field(
            {
              title: { en: 'Same side by', ko: '기준 열' },
              help: {
                en: 'Who has the same value gets the same side in every run. Without it people take turns, in the order of the list.',
                ko: '값이 같은 사람은 실행할 때마다 같은 쪽으로 가요. 고르지 않으면 목록 순서대로 번갈아 나눠요.',
              },
            },
            { widget: 'column', prefer: 'phone', when: { field: 'by', is: 'percent' } },
          ),
        }),
      ),
    },
    { additionalProperties: false },
  ),
  defaults: {
    by: 'percent',
    parts: [
      { id: 'a', name: 'A', share: 50 },
      { id: 'b', name: 'B', share: 50 },
    ],
  },
  summary({ by, parts }) {
    const shown = parts.map(({ name, share }, at) =>
      by === 'percent' ? `${name} ${share}%` : at === parts.length - 1 ? name : `${name} ${share.toLocaleString('en')}`,
    )
    const line = namesOf(shown.map((name) => ({ id: name, name })))
    return { en: line, ko: line }
  },
  columns({ by, parts, key }, inputs) {
    const columns = inputs.rows ?? []
    const problems: NodeProblem[] = wayProblems(parts, 'parts')
    const sum = rounded(parts.reduce((total, { share }) => total + share, 0))
    if (by === 'percent' && sum !== 100) problems.push({ code: 'shares-not-whole', fields: { sum }, field: 'parts' })
    for (const [at, { share }] of parts.slice(0, -1).entries())
      if (by === 'count' && !(Number.isInteger(share) && share >= 1))
        problems.push({ code: 'config-invalid', fields: { detail: WHOLE }, field: `parts/${at}/share` })
    if (by === 'percent' && key && !columns.some(({ name }) => name === key))
      problems.push({ code: 'unknown-column', fields: { column: key }, field: 'key' })
    return { out: Object.fromEntries(parts.map(({ id }) => [id, columns])), problems }
  },
  open({ by, parts, key }, { nodeId }) {
    const shares = parts.map(({ share }) => share)
    const side = by === 'count' ? byCount(shares) : key ? byKey(shares, { key, salt: nodeId }) : byTurns(shares)
    return {
      process(batch) {
        const out: Record<string, (Row | Message)[]> = Object.fromEntries(parts.map(({ id }) => [id, []]))
        for (const item of batch) out[parts[side(rowOf(item))]?.id ?? '']?.push(item)
        return out
      },
    }
  },
  examples: [
    {
      title: { en: 'A test of two texts', ko: '두 글 비교' },
      config: {
        by: 'percent',
        parts: [
          { id: 'a', name: '짧은 글', share: 75 },
          { id: 'b', name: '긴 글', share: 25 },
        ],
      },
      in: [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }],
      out: { a: [{ id: 1 }, { id: 2 }, { id: 4 }], b: [{ id: 3 }] },
    },
    {
      title: { en: 'The first two, then the rest', ko: '두 명 먼저, 나머지는 다음에' },
      config: {
        by: 'count',
        parts: [
          { id: 'first', name: '먼저', share: 2 },
          { id: 'later', name: '나머지', share: 0 },
        ],
      },
      in: [{ id: 1 }, { id: 2 }, { id: 3 }],
      out: { first: [{ id: 1 }, { id: 2 }], later: [{ id: 3 }] },
    },
  ],
})

const WHOLE = { en: 'Enter a whole number from 1 on.', ko: '1 이상의 정수를 입력해 주세요.' }
