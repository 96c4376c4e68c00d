import Type, { type Static } from 'typebox'
import { LIST_LIMITS, ListColumnInput, StoredList } from '../list.ts'
import { Page } from './paging.ts'

export const ListPage = Page(StoredList)
export type ListPage = Static<typeof ListPage>

/** Rows in the order of the columns; their cells are judged one by one, so that what is wrong is told with row and column. */
const Rows = Type.Unsafe<readonly (readonly (string | null)[])[]>(
  Type.Array(Type.Array(Type.Unknown()), {
    maxItems: LIST_LIMITS.rows,
    description:
      'One array of texts (or null: an empty cell) per row, in the order of the columns. integer: 12 · decimal: 12.5 · date: 2026-03-02 · datetime: 2026-03-02T09:30:00 · boolean: true, false',
  }),
)
export const ListColumns = Type.Array(ListColumnInput, { minItems: 1, maxItems: LIST_LIMITS.columns })
export const ListNameText = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })

/** POST /api/lists */
export const ListInput = Type.Object({ name: ListNameText, columns: ListColumns, rows: Rows }, { additionalProperties: false })
export type ListInput = Static<typeof ListInput>

/** PUT /api/lists/:id/rows. Columns left out: they stay as they are. */
export const ListRowsInput = Type.Object({ columns: Type.Optional(ListColumns), rows: Rows }, { additionalProperties: false })
export type ListRowsInput = Static<typeof ListRowsInput>

/** PATCH /api/lists/:id */
export const ListChange = Type.Object({ name: ListNameText }, { additionalProperties: false })
export type ListChange = Static<typeof ListChange>

/** GET /api/lists/:id: with its first rows, personal values masked. */
export const ListDetail = Type.Object({
  ...StoredList.properties,
  firstRows: Type.Array(Type.Array(Type.Union([Type.String(), Type.Null()]))),
})
export type ListDetail = Static<typeof ListDetail>
