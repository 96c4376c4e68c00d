import Type from 'typebox'
import type { Column } from '#schemas/column.ts'
import { field } from '#schemas/form.ts'
import { PartNeed } from '#schemas/part-face.ts'
import { PART_ENTRY } from '#schemas/sub-workflow.ts'
import { defineNode, rowOf, type Message, type NodeProblem, type Row } from '#runtime/sdk/index.ts'
import { takes } from './part/takes.ts'

/** Which of the columns that come in stands for one that is needed: the one that was chosen, else the one of its name. */
const sourceOf = (name: string, chosen: Readonly<Record<string, string>>): string => chosen[name] ?? name

/** What the beginning of a workflow becomes inside another one: gives it the columns that it needs. Part of graphs that Alimflow makes itself. */
export default defineNode({
  type: PART_ENTRY,
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  hidden: true,
  title: { en: 'Comes in', ko: '들어오는 곳' },
  help: { en: 'The beginning of a workflow inside another one.', ko: '다른 워크플로 안에 넣은 워크플로의 시작이에요.' },
  icon: 'login-2',
  ports: { in: { rows: { kind: 'rows', kindFrom: 'takes' } }, out: { rows: { kind: 'rows', kindFrom: 'takes' } } },
  config: Type.Object(
    {
      takes: takes(),
      needs: Type.Array(PartNeed, {
        ...field({ title: { en: 'Columns that are needed', ko: '필요한 열' } }, { widget: 'hidden' }),
      }),
      columns: Type.Optional(
        Type.Record(Type.String(), Type.String(), { ...field({ title: { en: 'Columns', ko: '열 고르기' } }) }),
      ),
      part: Type.String({ ...field({ title: { en: 'Workflow', ko: '워크플로' } }) }),
    },
    { additionalProperties: false },
  ),
  defaults: { takes: 'rows', needs: [], part: '' },
  columns({ needs, columns: chosen = {}, part }, inputs) {
    const given = inputs.rows ?? []
    const byName = new Map(given.map((column) => [column.name, column]))
    const problems: NodeProblem[] = []
    const made = needs.map(({ name, type, required }): Column => {
      const source = byName.get(sourceOf(name, chosen))
      if (source) {
        if (source.type !== type && type !== 'text')
          problems.push({ code: 'part-column-kind', fields: { column: source.name, name, part }, field: `columns/${name}` })
        // Whoever sends behind this workflow by that name would reach another address than before it.
        if (source.name !== name && byName.has(name))
          problems.push({ code: 'part-column-hides', fields: { column: source.name, name, part }, field: `columns/${name}` })
        return source.name === name ? source : { ...source, name }
      }
      // Chosen and gone, or needed and nowhere: neither may pass as empty.
      if (required || chosen[name] !== undefined)
        problems.push({
          code: 'part-column-missing',
          fields: { column: sourceOf(name, chosen), name, part },
          field: `columns/${name}`,
        })
      return { name, type, nullable: true }
    })
    const names = new Set(needs.map(({ name }) => name))
    return { out: { rows: [...given.filter(({ name }) => !names.has(name)), ...made] }, problems }
  },
  process(batch, { needs, columns: chosen = {} }) {
    const turned = (row: Row): Row => ({
      ...row,
      ...Object.fromEntries(needs.map(({ name }) => [name, row[sourceOf(name, chosen)] ?? null])),
    })
    // Its input may carry messages, of which a row is a part.
    const items: readonly (Row | Message)[] = batch
    return {
      rows: items.map((item) => (rowOf(item) === item ? turned(item) : { ...item, row: turned(rowOf(item)) })),
    }
  },
  examples: [
    {
      title: { en: 'A column of another name', ko: '이름이 다른 열' },
      config: {
        takes: 'rows',
        needs: [
          { name: 'phone', type: 'text', required: true },
          { name: 'grade', type: 'text', required: false },
        ],
        columns: { phone: 'mobile' },
        part: '안부 보내기',
      },
      in: [{ name: '김서연', mobile: '010-1234-5678' }],
      out: { rows: [{ name: '김서연', mobile: '010-1234-5678', phone: '010-1234-5678', grade: null }] },
    },
  ],
})
