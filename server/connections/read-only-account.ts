/** The name that the account gets in the lines to copy. */
const READER = 'alimflow_reader'
/** More schemas than this would be a page of lines: the others are made after their example. */
const MOST_SCHEMAS = 8

const quoted = (name: string, quote: string): string => `${quote}${name.replaceAll(quote, quote + quote)}${quote}`

/** Statements that make an account which can only read; the password is the administrator's to choose. */
export function postgresReader(database: string, schemas: readonly string[]): string {
  const perSchema = (schemas.length === 0 ? ['public'] : schemas).slice(0, MOST_SCHEMAS).flatMap((name) => {
    const schema = quoted(name, '"')
    return [
      `GRANT USAGE ON SCHEMA ${schema} TO ${READER};`,
      `GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${READER};`,
      `ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT SELECT ON TABLES TO ${READER};`,
    ]
  })
  return [
    `CREATE ROLE ${READER} LOGIN PASSWORD 'choose-a-password';`,
    `GRANT CONNECT ON DATABASE ${quoted(database, '"')} TO ${READER};`,
    ...perSchema,
    `ALTER ROLE ${READER} SET default_transaction_read_only = on;`,
  ].join('\n')
}

/** The same for MySQL and MariaDB. SHOW VIEW lets the guard see what a view does. */
export function mysqlReader(database: string): string {
  return [
    `CREATE USER '${READER}'@'%' IDENTIFIED BY 'choose-a-password';`,
    `GRANT SELECT, SHOW VIEW ON ${quoted(database, '`')}.* TO '${READER}'@'%';`,
  ].join('\n')
}
