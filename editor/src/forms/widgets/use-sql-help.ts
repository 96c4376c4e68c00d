import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { titleOf } from '#schemas/catalog-title.ts'
import type { Catalog } from '#schemas/catalog.ts'
import type { Dialect } from '#schemas/sql/dialect.ts'
import { catalogQuery } from '#editor/api/catalog.ts'
import type { SqlHelp } from '#editor/sql/offers.ts'
import { parametersOf } from '#editor/sql/parameters.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useForm } from '../form-context.ts'

/** The dialect that a form's statement is written in. */
export function useDialect(): Dialect {
  const { dialect } = useForm()
  return dialect === 'mysql' || dialect === 'mariadb' ? dialect : 'postgres'
}

/** The connection that a form's statement goes to; null: none is chosen. */
export function useConnectionId(): string | null {
  const { connection } = useForm().config
  return typeof connection === 'string' && connection !== '' ? connection : null
}

/** What is in the form's database; null: not read yet, or the database is away. */
export function useCatalog(): Catalog | null {
  const connectionId = useConnectionId()
  return useQuery({ ...catalogQuery(connectionId ?? ''), enabled: connectionId !== null, retry: false }).data ?? null
}

/** What can be written in a statement of this form. Without a catalog (not read yet, database away) words and functions stay. */
export function useSqlHelp(sql: string): SqlHelp {
  const { columns, config } = useForm()
  const dialect = useDialect()
  const language = useLanguage()
  const catalog = useCatalog()
  return useMemo(() => {
    const incoming = columns
      .filter(({ hidden }) => hidden !== true)
      .map(({ name, label }) => ({ name, title: label ?? titleOf({ name, displayName: null, comment: null }, language) }))
    const set = Object.keys(typeof config.parameters === 'object' && config.parameters !== null ? config.parameters : {})
    const known = new Set(incoming.map(({ name }) => name))
    const others = [...set, ...parametersOf(sql, dialect), 'run_started_at', 'previous_run_at']
    const rest = [...new Set(others)].filter((name) => !known.has(name)).map((name) => ({ name, title: '' }))
    return { dialect, catalog, language, parameters: [...incoming, ...rest] }
  }, [catalog, columns, config.parameters, dialect, language, sql])
}
