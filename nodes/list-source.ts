import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { AppError, defineNode, type Batch } from '#runtime/sdk/index.ts'
import { listNameField, naming, withListName } from './sql/list-name.ts'
import { rowMaker } from './sql/row-maker.ts'

/** Reads the audience from a list that somebody pasted: its columns have the headers of the sheet as friendly names. */
export default defineNode({
  type: 'list-source',
  version: 1,
  role: 'source',
  effect: 'read',
  scope: 'audience',
  title: { en: 'List', ko: '명단' },
  help: {
    en: 'Reads the recipients from a list that was pasted from a sheet: one row is one person.',
    ko: '엑셀에서 붙여넣은 명단에서 받을 사람을 읽어요. 한 행이 한 사람이에요.',
  },
  icon: 'file-spreadsheet',
  keywords: ['list', 'excel', 'csv', 'paste', 'sheet', 'source', '명단', '엑셀', '붙여넣기', '시트', '받는 사람', '대상'],
  ports: { in: { start: 'start' }, out: { rows: 'rows' } },
  config: Type.Object(
    {
      list: Type.String({
        minLength: 1,
        maxLength: 100,
        ...field(
          {
            title: { en: 'List', ko: '명단' },
            help: {
              en: 'Each run reads the list as it is when the run starts',
              ko: '실행할 때마다 그 시점의 명단을 읽어요',
            },
          },
          { widget: 'stored-list' },
        ),
      }),
      // What a file of this workflow calls the list where it does not exist.
      name: Type.Optional(
        Type.String({ maxLength: 200, ...field({ title: { en: 'Name of the list', ko: '명단 이름' } }, { widget: 'hidden' }) }),
      ),
      listName: Type.Optional(listNameField()),
    },
    { additionalProperties: false },
  ),
  defaults: { list: '' },
  summary(config, known) {
    const list = known.list(config.list)
    if (!list) return config.name === undefined ? null : { en: config.name, ko: config.name }
    const rows = list.rowCount.toLocaleString('en')
    return { en: `${list.name} · ${rows}`, ko: `${list.name} · ${rows}명` }
  },
  columns: ({ listName }, _inputs, known) => ({
    out: known.described ? { rows: withListName(known.described.columns, listName) } : {},
  }),
  async describe(config, _inputs, context) {
    const { columns } = await context.list(config.list).catch((error: unknown) => {
      // The id says nothing to a person; the name that the file carries does.
      if (error instanceof AppError && error.code === 'list-missing' && config.name !== undefined)
        throw new AppError('list-missing', { list: config.name }, { cause: error })
      throw error
    })
    return { columns }
  },
  async *read(config, context): AsyncGenerator<Batch> {
    const list = await context.list(config.list)
    const make = rowMaker(list.columns)
    let left = context.maxRows ?? Infinity
    for await (const rows of list.rows(context.signal)) {
      if (left <= 0) return
      yield rows.slice(0, left).map(make).map(naming(config.listName))
      left -= rows.length
    }
  },
  examples: [{ config: { list: 'customers', name: '3월 고객' } }],
})
