import { titleOf } from '#schemas/catalog-title.ts'
import type { Catalog } from '#schemas/catalog.ts'
import type { Language } from '#schemas/localized.ts'
import type { PlanRead, QueryPlan } from '#schemas/query-plan.ts'
import { wholeTables } from '#schemas/whole-tables.ts'

/** `Again`: once for each row of another table. */
type Whole = 'whole' | 'wholeHelp' | 'all'
export type PlanKey = Whole | `${Whole}Again` | 'allUnknown' | 'index' | 'lookup' | 'one' | 'groups' | 'sorts' | 'rows'

/** One sentence about a plan: its words (below `forms.sql.plan.`) and what they name. */
export interface PlanLine {
  readonly key: PlanKey
  readonly values: Readonly<Record<string, string | number>>
  /** Something that takes long, with what would help. */
  readonly warning: boolean
}

interface Named {
  readonly catalog: Catalog | null
  readonly language: Language
}

/** A table as people call it; its own name beside it where that is another. */
function nameOf(table: string, { catalog, language }: Named): string {
  const found = catalog?.tables.find(({ name }) => name === table)
  const title = found ? titleOf(found, language) : table
  return title === table ? table : `${title} (${table})`
}

function lineOf(read: PlanRead, { named, whole }: { named: Named; whole: readonly PlanRead[] }): PlanLine {
  const table = nameOf(read.table, named)
  const rows = Math.round(read.rows ?? 0)
  const values = { table, rows, index: read.index ?? '', columns: read.comparedBy.join(', ') }
  const many = (read.times ?? 1) > 1 && read.way === 'all' ? 'Again' : ''
  if (whole.includes(read))
    return { key: read.comparedBy.length > 0 ? `wholeHelp${many}` : `whole${many}`, values, warning: true }
  if (read.way === 'all') return { key: read.rows === null ? 'allUnknown' : `all${many}`, values, warning: false }
  if (read.way === 'one') return { key: 'one', values, warning: false }
  return { key: read.index === null ? 'lookup' : 'index', values, warning: false }
}

/** A plan in sentences: the slow first, then what is read, then what is done with it. */
export function planLines(plan: QueryPlan, named: Named): PlanLine[] {
  const whole = wholeTables(plan)
  const seen = new Set<string>()
  const reads = plan.reads
    .map((read) => lineOf(read, { named, whole }))
    .filter((line) => {
      const text = JSON.stringify(line)
      return !seen.has(text) && seen.add(text)
    })
  const step = (key: PlanKey, values: PlanLine['values'] = {}): PlanLine => ({ key, values, warning: false })
  return [
    ...reads.filter(({ warning }) => warning),
    ...reads.filter(({ warning }) => !warning),
    ...(plan.groups ? [step('groups')] : []),
    ...(plan.sorts ? [step('sorts')] : []),
    ...(plan.rows === null ? [] : [step('rows', { rows: Math.round(plan.rows) })]),
  ]
}
