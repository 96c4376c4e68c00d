import Type, { type Static } from 'typebox'

/** What a person says a column of her sheet is. `phone` and `email` are texts that belong to a person. */
export const LIST_KINDS = ['text', 'phone', 'email', 'integer', 'decimal', 'date', 'datetime', 'boolean'] as const
export const ListKind = Type.Enum([...LIST_KINDS])
export type ListKind = (typeof LIST_KINDS)[number]

/** How a column may be called in a workflow: letters (Hangul too), digits and `_`, not a digit first. */
export const LIST_COLUMN_NAME = '^[A-Za-z_가-힣ㄱ-ㅎㅏ-ㅣ][A-Za-z0-9_가-힣ㄱ-ㅎㅏ-ㅣ]{0,99}$'

/** How large a list may be. The request that brings it has a limit of its own (`LIST_BODY_BYTES`). */
export const LIST_LIMITS = {
  columns: 200,
  /** Rows that come in one request. */
  rows: 200_000,
  /** Rows that come in portions (`/api/list-uploads`), and the largest portion. */
  uploadRows: 2_000_000,
  portionRows: 10_000,
  cellCharacters: 10_000,
} as const
/** Largest body with rows: about 100,000 rows of a usual sheet. */
export const LIST_BODY_BYTES = 32 * 1024 * 1024

const columnFields = {
  /** Unique in the list; what mappings and conditions say. */
  name: Type.String({ pattern: LIST_COLUMN_NAME }),
  /** The header as it stands in the sheet. */
  label: Type.String({ minLength: 1, maxLength: 200 }),
  kind: ListKind,
}

/** A column as it comes in. `personal` left out: the kind and the words of its names say whether its values belong to a person. */
export const ListColumnInput = Type.Object(
  { ...columnFields, personal: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)
export type ListColumnInput = Static<typeof ListColumnInput>

/** A column of a stored list. Values of a personal one are masked wherever people look. */
export const ListColumn = Type.Object({ ...columnFields, personal: Type.Boolean() }, { additionalProperties: false })
export type ListColumn = Static<typeof ListColumn>

/** A list of people that somebody brought along (pasted from a sheet). Its rows are kept in immutable versions. */
export const StoredList = Type.Object({
  id: Type.String(),
  name: Type.String(),
  columns: Type.Array(ListColumn),
  rowCount: Type.Integer(),
  /** Counts from 1; each replacing of the rows makes the next. */
  version: Type.Integer(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  /** Workflows whose draft or published version reads it; in lists and where one is read. */
  usedBy: Type.Optional(Type.Array(Type.Object({ id: Type.String(), name: Type.String() }))),
})
export type StoredList = Static<typeof StoredList>
