import type { PoolConnection } from 'mysql2/promise'
import { dangerousMysql } from '../sql/dangerous.ts'
import { judgeBody } from '../sql/body.ts'
import type { Behind } from '../sql/look-behind.ts'
import { calledIn, relationsIn, tokensOf } from '../sql/tokens.ts'
import { NO_USES, type Named, type Uses } from '../sql/uses.ts'

type Row = (string | null)[]

async function rowsOf(connection: PoolConnection, sql: string, values: readonly unknown[]): Promise<Row[]> {
  const [rows] = await connection.query({ sql, values: [...values], rowsAsArray: true })
  // `rowsAsArray`: rows are arrays; the driver's types do not follow the option.
  return rows as unknown as Row[]
}

// `database.package.function()` is called by a name whose last but one part is the package; all of its body is looked at.
const ROUTINES = `select routine_name, sql_data_access, routine_definition from information_schema.routines
where (routine_type = 'FUNCTION' and routine_schema in (?) and routine_name in (?)) or (routine_type = 'PACKAGE BODY' and routine_name in (?))`

// One condition of equality for each: the server then opens these only, and not every table that there is.
const VIEW = 'select table_name, view_definition from information_schema.views where table_schema = ? and table_name = ?'

const names = (list: readonly Named[]): string[] => [...new Set(list.map(({ name }) => name))]

/** A function that somebody wrote. Its declaration is not enforced by the server: what can be read is read. */
function judgeRoutine([name, access, body]: Row): Behind {
  if (access === 'MODIFIES SQL DATA') return { found: `${name}(): MODIFIES SQL DATA`, next: [] }
  if (body !== null && body !== undefined) {
    const { found, uses } = judgeBody(body, 'mysql')
    return { found: found === null ? null : `${name}(): ${found}`, next: [uses] }
  }
  const declaredHarmless = access === 'READS SQL DATA' || access === 'NO SQL'
  return { found: declaredHarmless ? null : `${name}()`, next: [] }
}

function judgeView([name, definition]: Row): Behind {
  const tokens = tokensOf(definition ?? '', 'mysql')
  const functions = calledIn(tokens, 'mysql')
  const called = functions.find((one) => dangerousMysql(one.name))
  return { found: called ? `${name}: ${called.name}()` : null, next: [{ ...NO_USES, functions, relations: relationsIn(tokens) }] }
}

/** Loadable functions among these: what they do is not written down anywhere. Who may not read the list does not learn of them. */
async function loadable(connection: PoolConnection, called: readonly string[]): Promise<string | null> {
  const rows = await rowsOf(connection, 'select name from mysql.func where name in (?)', [called]).catch((): Row[] => [])
  return rows[0]?.[0] ?? null
}

/** What MySQL or MariaDB says of the names in a statement: stored and loadable functions, views. */
export async function behindMysql(connection: PoolConnection, { functions, relations }: Uses): Promise<Behind> {
  const [[current] = []] = await rowsOf(connection, 'select database()', [])
  const schemaOf = ({ schema }: Named): string => schema ?? current ?? ''
  const judged: Behind[] = []
  if (functions.length > 0) {
    const schemas = [...new Set(functions.map(schemaOf))]
    judged.push(...(await rowsOf(connection, ROUTINES, [schemas, names(functions), schemas])).map(judgeRoutine))
    const found = await loadable(connection, names(functions))
    if (found !== null) judged.push({ found: `${found}()`, next: [] })
  }
  if (relations.length > 0) {
    const sql = relations.map(() => VIEW).join(' union all ')
    const values = relations.flatMap((one) => [schemaOf(one), one.name])
    judged.push(...(await rowsOf(connection, sql, values)).map(judgeView))
  }
  return { found: judged.find(({ found }) => found !== null)?.found ?? null, next: judged.flatMap(({ next }) => next) }
}
