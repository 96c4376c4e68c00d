import type { Column } from '#schemas/column.ts'
import type { Session } from './session.ts'
import { columnOf, type Field } from './values.ts'

/** Since 8.0.22 a parameter gets its type when the statement is prepared (MySQL manual, "PREPARE Statement"). */
function derivesTypes({ dialect, version }: Session): boolean {
  if (dialect !== 'mysql') return false
  const [major = 0, minor = 0, patch = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  return major > 8 || (major === 8 && (minor > 0 || patch >= 22))
}

/**
 * What the server takes a named parameter for. null: it does not say (MariaDB, older MySQL), or takes it for different things at the
 * places where it stands. `order`: the name at each `?`; `places`: what PREPARE answered for each.
 */
export function parameterOf(
  name: string,
  { order, places, session }: { order: readonly string[]; places: readonly Field[]; session: Session },
): Column | null {
  if (!derivesTypes(session)) return null
  const found = order.flatMap((one, i) => (one === name && places[i] ? [columnOf({ ...places[i], name })] : []))
  const first = found[0]
  if (!first || found.some(({ sourceType }) => sourceType !== first.sourceType)) return null
  return first
}
