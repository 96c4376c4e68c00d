/** A name in a statement, with the schema that it was given. */
export interface Named {
  readonly schema: string | null
  readonly name: string
}

/** What a statement reaches for, by name; only the database knows what is behind it. */
export interface Uses {
  readonly functions: readonly Named[]
  readonly relations: readonly Named[]
  /** PostgreSQL: what may call a function without naming it. */
  readonly operators: readonly Named[]
  readonly types: readonly string[]
  /** `x` of `row.x`, which PostgreSQL reads as `x(row)` where there is no such column. */
  readonly attributes: readonly string[]
}

export const NO_USES: Uses = { functions: [], relations: [], operators: [], types: [], attributes: [] }

/** One key for a name: databases differ in how they fold case, the judgement must not. */
export const keyOf = ({ schema, name }: Named): string => `${schema ?? ''}.${name}`.toLowerCase()
