import Type from 'typebox'
import type { Column } from '#schemas/column.ts'
import { field } from '#schemas/form.ts'
import {
  AppError,
  defineNode,
  formatFits,
  variableName,
  type FailedRow,
  type NodeProblem,
  type Row,
  type Value,
} from '#runtime/sdk/index.ts'
import { Entry } from './mapping/entry.ts'
import { compileEntry, type Fill } from './mapping/fill.ts'

type Variables = Readonly<Record<string, Entry>>
interface Filled {
  readonly name: string
  readonly fill: Fill
}

function problemsOf(variables: Variables, columns: readonly Column[]): NodeProblem[] {
  const problems: NodeProblem[] = []
  for (const [name, entry] of Object.entries(variables)) {
    const path = `variables/${name}`
    const column = columns.find((one) => one.name === entry.column)
    const kind = entry.format?.kind ?? 'text'
    if (entry.column === '') problems.push({ code: 'variable-not-mapped', fields: { variable: name }, field: `${path}/column` })
    else if (!column) problems.push({ code: 'unknown-column', fields: { column: entry.column }, field: `${path}/column` })
    else if (!formatFits(kind, column.type)) {
      problems.push({
        code: 'format-does-not-fit',
        fields: { column: column.name, type: column.type, format: kind },
        field: `${path}/format`,
      })
    }
  }
  return problems
}

/** A variable takes the place of a column of its name: from here on the name means the text. */
function outColumns(variables: Variables, columns: readonly Column[]): Column[] {
  const names = new Set(Object.keys(variables).map(variableName))
  const made = [...names].map((name): Column => ({ name, type: 'text', variable: true, nullable: false }))
  return [...columns.filter(({ name }) => !names.has(name)), ...made]
}

/** Fills the variables of a text from columns. */
export default defineNode({
  type: 'mapping',
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  title: { en: 'Fill variables', ko: '변수 채우기' },
  help: {
    en: 'Says which column fills which variable of the text, how it looks, and what happens when it is empty.',
    ko: '글의 변수마다 어떤 열을, 어떤 모양으로 넣을지, 비어 있으면 어떻게 할지 정해요.',
  },
  icon: 'arrows-exchange',
  keywords: ['mapping', 'variables', 'fill', 'format', '매핑', '변수', '채우기', '형식'],
  ports: { in: { rows: 'rows' }, out: { rows: 'rows' } },
  config: Type.Object(
    {
      variables: Type.Record(Type.String({ minLength: 1, maxLength: 100 }), Entry, {
        ...field({ title: { en: 'Variables', ko: '변수' } }, { widget: 'mapping' }),
      }),
    },
    { additionalProperties: false },
  ),
  defaults: { variables: {} },
  summary({ variables }) {
    const all = Object.values(variables)
    const filled = all.filter(({ column }) => column !== '').length
    if (all.length === 0) return { en: 'No variable yet', ko: '아직 변수가 없어요' }
    if (filled === all.length) return { en: `${filled} of ${all.length} variables`, ko: `변수 ${filled}개 모두` }
    return { en: `${filled} of ${all.length} variables`, ko: `${all.length}개 중 ${filled}개 채움` }
  },
  columns({ variables }, inputs) {
    const columns = inputs.rows ?? []
    return { out: { rows: outColumns(variables, columns) }, problems: problemsOf(variables, columns) }
  },
  open({ variables }, context) {
    const columns = context.inputs.rows ?? []
    const fills = Object.entries(variables).flatMap(([raw, entry]) => {
      const column = columns.find(({ name }) => name === entry.column)
      // A preview also runs a graph with gaps; the variable is then simply not there.
      return column ? [{ name: variableName(raw), fill: compileEntry(raw, entry, { column, timezone: context.timezone }) }] : []
    })
    return {
      process(batch) {
        const rows: Row[] = []
        const failed: FailedRow[] = []
        for (const row of batch) {
          const made: Record<string, Value> = { ...row }
          let error: AppError | null = null
          for (let at = 0; at < fills.length && !error; at++) {
            const { name, fill } = fills[at] as Filled
            // From the row as it came: a variable may have the name of another one's column.
            const text = fill(row)
            if (text instanceof AppError) error = text
            else made[name] = text
          }
          if (error) failed.push({ row, error })
          else rows.push(made)
        }
        return { rows, failed }
      },
    }
  },
  examples: [
    {
      title: { en: 'A count and an average that may be missing', ko: '개수와, 없을 수 있는 평균' },
      config: {
        variables: {
          리뷰수: { column: 'total', format: { kind: 'number', wrap: '{value}건' } },
          평점: {
            column: 'average',
            format: { kind: 'number', decimals: 1, wrap: '{value}점' },
            whenNull: 'default',
            default: '집계 전',
          },
        },
      },
      columns: [
        { name: 'total', type: 'integer', digits: true },
        { name: 'average', type: 'decimal', digits: true },
      ],
      in: [
        { total: '128', average: '4.5571' },
        { total: '0', average: null },
      ],
      out: {
        rows: [
          { total: '128', average: '4.5571', 리뷰수: '128건', 평점: '4.6점' },
          { total: '0', average: null, 리뷰수: '0건', 평점: '집계 전' },
        ],
      },
    },
    {
      title: { en: 'A value that must not be missing', ko: '꼭 있어야 하는 값' },
      config: { variables: { 이름: { column: 'name' } } },
      columns: [{ name: 'name', type: 'text' }],
      in: [{ name: null }, { name: '' }, { name: '김서연' }],
      out: {
        rows: [{ name: '김서연', 이름: '김서연' }],
        failed: [
          { row: { name: null }, code: 'value-null' },
          { row: { name: '' }, code: 'value-empty' },
        ],
      },
    },
  ],
})
