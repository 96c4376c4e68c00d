import { AppError } from '#runtime/sdk/index.ts'

// Cluster and database, from inside: another host name, port forward or alias of the same database gives the same answer.
const IDENTITY = 'select system_identifier::text, current_database()::text from pg_control_system()'

/** The platform's own database, as it calls itself. */
export async function identityOf(ask: (sql: string) => Promise<readonly (readonly unknown[])[]>): Promise<string> {
  const row = (await ask(IDENTITY))[0] ?? []
  return row.map(String).join('/')
}

/** @throws AppError `connection-own-database` */
export async function refuseOwn(own: string, ask: (sql: string) => Promise<readonly (readonly unknown[])[]>): Promise<void> {
  if ((await identityOf(ask)) === own) throw new AppError('connection-own-database', {})
}
