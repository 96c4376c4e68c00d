import type { ColumnType } from 'kysely'

// How the columns of the platform's tables are read and written (connect.ts); schema.ts is made of these.

/** Read as digits, since a number would lose some. */
export type Digits = ColumnType<string, string | number | bigint, string | number | bigint>
/** Read as ISO text with Z. */
export type Instant = ColumnType<string, string | Date, string | Date>
/** Read parsed; written as JSON text, since pg would make a PostgreSQL array of a JavaScript one. */
export type JsonText = ColumnType<unknown, string, string>
/** The database fills it in when it is left out. */
export type Default<T> =
  T extends ColumnType<infer Read, infer Insert, infer Update>
    ? ColumnType<Read, Insert | undefined, Update>
    : ColumnType<T, T | undefined, T>
export type Nullable<T> =
  T extends ColumnType<infer Read, infer Insert, infer Update>
    ? ColumnType<Read | null, Insert | null | undefined, Update | null>
    : ColumnType<T | null, T | null | undefined, T | null>
