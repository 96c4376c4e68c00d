import type { Connection } from '#schemas/connection.ts'
import type { ConnectionPage } from '#schemas/api/connections.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { textOf } from '#runtime/three-step/read-fields.ts'
import type { SeedCall } from './seed-route.ts'

/** The database that a call of the old API means: there was only one. Named by `connection`, else the only MySQL, else the only one that is no sample. */
export async function databaseOf({ request, inside, query, body }: SeedCall): Promise<Connection> {
  const { items } = await inside.ask<ConnectionPage>(request, ['GET', '/api/connections?limit=500'])
  const databases = items.filter(({ role }) => role === 'database')
  const named = query['connection'] ?? textOf(body, 'connection')
  const own = databases.filter(({ builtIn }) => !builtIn)
  const mysql = own.filter(({ kind }) => kind === 'mysql')
  const found = named ? databases.find(({ id }) => id === named) : (only(mysql) ?? only(own) ?? only(databases))
  if (!found) throw new AppError('not-found', { what: 'connection' })
  return found
}

const only = <Item>(items: readonly Item[]): Item | undefined => (items.length === 1 ? items[0] : undefined)
