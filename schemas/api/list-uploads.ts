import Type, { type Static } from 'typebox'
import { LIST_LIMITS } from '../list.ts'
import { ListColumns, ListNameText } from './lists.ts'

/** POST /api/list-uploads. `list`: its rows are replaced when the upload is finished; else a new one is made. */
export const ListUploadInput = Type.Object(
  { name: ListNameText, list: Type.Optional(Type.String({ maxLength: 100 })), columns: ListColumns },
  { additionalProperties: false },
)

/** How far an upload came. */
export const ListUpload = Type.Object({
  id: Type.String(),
  /** Of the list that it will be; nobody sees it before it is finished. */
  listId: Type.String(),
  /** Rows that are stored: the next portion begins behind them. */
  rows: Type.Integer(),
})
export type ListUpload = Static<typeof ListUpload>

/** PUT /api/list-uploads/:id/rows. Every portion but the last has a multiple of 1,000 rows. */
export const ListUploadRows = Type.Object(
  {
    /** Rows before these. */
    from: Type.Integer({ minimum: 0 }),
    rows: Type.Unsafe<readonly (readonly (string | null)[])[]>(
      Type.Array(Type.Array(Type.Unknown()), { minItems: 1, maxItems: LIST_LIMITS.portionRows }),
    ),
  },
  { additionalProperties: false },
)

/** POST /api/list-uploads/:id/finish. `rows`: as many as were sent. */
export const ListUploadEnd = Type.Object({ rows: Type.Integer({ minimum: 0 }) }, { additionalProperties: false })
