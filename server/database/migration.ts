/** One step of the platform database's schema. A step that was ever released is never edited: a later one changes it. */
export interface Migration {
  /** `0001-base`: four digits give the order, the words the purpose. Never renamed: the name is what the database remembers. */
  readonly name: string
  /**
   * Makes the change. Runs inside one transaction; `sql` takes one or several statements and throws what PostgreSQL says.
   */
  up(sql: (text: string) => Promise<void>): Promise<void>
}
