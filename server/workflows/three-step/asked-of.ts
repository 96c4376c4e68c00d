import type { Dialect, SqlConnection } from '#runtime/sdk/index.ts'
import { namePlaceholders } from '#runtime/three-step/placeholders.ts'
import { readThreeStep } from '#runtime/three-step/read.ts'
import type { Fields } from '#runtime/three-step/read-fields.ts'
import { withoutEnd } from '#runtime/three-step/select-list.ts'
import type { Parts } from '#server/compose.ts'
import type { ImportWish } from './import-wish.ts'

/** Which database the queries of a three-step workflow are asked of, and the columns of its groups as that database gives them. */
export interface Asked {
  readonly connection: string
  readonly dialect: Dialect
  readonly columnsOf: (sql: string) => readonly string[] | undefined
}

const MYSQL = ['mysql', 'mariadb']
const isDialect = (name: string | null | undefined): name is Dialect => ['mysql', 'mariadb', 'postgres'].includes(name ?? '')

/**
 * The database that was named, else the only MySQL or MariaDB, else the only database that is no sample. Whether it can be reached does not
 * matter: what is not known now is asked when the draft is checked.
 */
export async function askedOf(parts: Parts, raw: Fields, { workspaceId, connection, signal }: ImportWish): Promise<Asked> {
  const known = [...(await parts.connections.known(workspaceId)).values()].filter(({ role }) => role === 'database')
  const own = known.filter(({ kind }) => kind !== 'embedded')
  const mysql = own.filter(({ kind }) => MYSQL.includes(kind))
  const chosen = connection === undefined ? (only(mysql) ?? only(own)) : known.find(({ id }) => id === connection)
  if (!chosen) return { connection: '', dialect: 'mysql', columnsOf: () => undefined }
  const opened = await parts.connections.sql(workspaceId, chosen.id).catch(() => null)
  const dialect = opened?.dialect ?? (isDialect(chosen.dialect) ? chosen.dialect : 'mysql')
  const columns = opened ? await describeAll(opened, raw, { dialect, signal }) : new Map<string, string[]>()
  return { connection: chosen.id, dialect, columnsOf: (sql) => columns.get(sql) }
}

const only = <Item>(items: readonly Item[]): Item | undefined => (items.length === 1 ? items[0] : undefined)

async function describeAll(
  connection: SqlConnection,
  raw: Fields,
  { dialect, signal }: { dialect: Dialect; signal: AbortSignal },
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const { sql } of readThreeStep(raw).groups) {
    if (sql === null || sql.trim() === '') continue
    const { sql: named } = namePlaceholders(withoutEnd(sql), dialect)
    // What is wrong with the query is a problem of the draft.
    const shape = await connection.describe(named, { signal }).catch(() => null)
    if (shape)
      found.set(
        sql,
        shape.columns.map(({ name }) => name),
      )
  }
  return found
}
