/** How a database reads a statement. */
export type Dialect = 'postgres' | 'mysql' | 'mariadb'
