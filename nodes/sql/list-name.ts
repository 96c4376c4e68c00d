import Type from 'typebox'
import type { Column } from '#schemas/column.ts'
import { field } from '#schemas/form.ts'
import type { Row } from '#runtime/sdk/index.ts'

/** The column that says from which list a person came. */
const COLUMN: Column = { name: 'list_name', type: 'text', label: '목록 이름', nullable: false }

export const listNameField = () =>
  Type.String({
    maxLength: 200,
    ...field(
      {
        title: { en: 'Name of this list', ko: '이 목록의 이름' },
        help: {
          en: 'If set, a column list_name carries it, so that steps behind a merge know where a person came from',
          ko: '적어 두면 ‘목록 이름’(list_name) 열이 생겨서, 합친 뒤에도 어느 목록에서 온 사람인지 알 수 있어요',
        },
      },
      { advanced: true },
    ),
  })

export const withListName = (columns: readonly Column[], name: string | undefined): readonly Column[] =>
  name ? [...columns, COLUMN] : columns

/** Writes the name of the list into a row, where it has one. */
export const naming =
  (name: string | undefined) =>
  (row: Row): Row =>
    name ? { ...row, [COLUMN.name]: name } : row
