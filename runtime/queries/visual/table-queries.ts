import type { Catalog } from '#schemas/catalog.ts'
import type { TableQueries } from '#runtime/sdk/table-queries.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { compileQuery } from './compile.ts'

/** Is a name not there? The database may have it since it was last asked. */
const isLost = ({ code }: { readonly code: string }): boolean => code.startsWith('sql-')

/** Queries over the catalogs of connections. A name that is not in what is kept is looked for in the database itself before it is a problem. */
export function tableQueries(catalogOf: (connection: string, options: { fresh: boolean }) => Promise<Catalog>): TableQueries {
  return {
    async compile(connection, query, { anew = false } = {}) {
      const compiled = compileQuery(query, await catalogOf(connection, { fresh: anew }))
      if (anew || !compiled.problems.some(isLost)) return compiled
      return compileQuery(query, await catalogOf(connection, { fresh: true }))
    },
  }
}

/** For hosts whose workflows pick nothing from tables. */
export const noTables: TableQueries = {
  compile: (connection) => Promise.reject(new AppError('connection-missing', { connection })),
}
