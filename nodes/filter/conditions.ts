import type { Column } from '#schemas/column.ts'
import { OPERATORS } from '#schemas/condition-operators.ts'
import { conditionsOf, type Conditions } from '#schemas/conditions.ts'
import type { Localized } from '#schemas/localized.ts'
import type { NodeProblem } from '#runtime/sdk/index.ts'

/** What is not filled in, or names a column that is not there. */
export function conditionProblems(
  conditions: Conditions,
  { columns, path }: { columns: readonly Column[]; path: string },
): NodeProblem[] {
  const used = conditionsOf(conditions, path)
  if (used.length === 0) return [{ code: 'config-missing', fields: { field: { en: 'Conditions', ko: '조건' } }, field: path }]
  return used.flatMap(({ condition: { column }, path: at }): NodeProblem[] => {
    const field = `${at}/column`
    if (column === '') return [{ code: 'config-missing', fields: { field: { en: 'Column', ko: '열' } }, field }]
    return columns.some(({ name }) => name === column) ? [] : [{ code: 'unknown-column', fields: { column }, field }]
  })
}

/** One line for the card: the first condition, and how many more there are. */
export function describeConditions(conditions: Conditions): Localized {
  const all = conditionsOf(conditions).map(({ condition }) => condition)
  const first = all[0]
  if (!first) return { en: 'No condition yet', ko: '아직 조건이 없어요' }
  const operator = OPERATORS[first.is]
  const value = operator.values === 0 ? '' : ` ${first.value ?? ''}`
  const more = all.length - 1
  return {
    en: `${first.column} ${operator.en}${value}${more > 0 ? ` and ${more} more` : ''}`,
    ko: `${first.column}${value} ${operator.ko}${more > 0 ? ` 외 ${more}개` : ''}`,
  }
}
