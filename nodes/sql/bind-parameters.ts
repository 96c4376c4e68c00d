import { bindInstant, bindMoment, type ConnectionZones } from '#schemas/moment.ts'
import type { ParameterValue } from '#schemas/parameter.ts'
import { fitsType } from '#schemas/parameter-fits.ts'
import { instantOf } from '#schemas/wall-time.ts'
import { AppError, type NodeContext, type SqlConnection, type Value } from '#runtime/sdk/index.ts'

/** What moments and instants are bound with. */
interface Binding {
  readonly now: number
  readonly timezone: string
  readonly zones: ConnectionZones
}

/** Beyond so many digits a number would be rounded on its way; the text of it is bound, which the database reads. */
const EXACT_DIGITS = 15

/** The instant of a text: with an offset as it says, without one in the workflow's zone. */
function instantFrom(value: string, timezone: string): number {
  const text = value.replace(' ', 'T')
  return /(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : instantOf(Date.parse(`${text}Z`), timezone)
}

function bindOne(name: string, given: ParameterValue, { now, timezone, zones }: Binding): Value {
  if (typeof given === 'string') return given
  if ('relative' in given) return bindMoment(given.relative, given.type, { place: { now, timezone }, zones })
  const { type } = given
  const value = type === 'text' ? given.value : given.value.trim()
  if (!fitsType(type, value)) throw new AppError('sql-parameter-unfit', { name, type })
  if (type === 'boolean') return value === 'true'
  if (type === 'instant') return bindInstant(instantFrom(value, timezone), 'instant', zones)
  const isNumber = type === 'integer' || type === 'decimal'
  return isNumber && value.replace(/\D/g, '').length <= EXACT_DIGITS ? Number(value) : value
}

/** Needs the zones of the connection? Asking for them may open it. */
const isMoving = (given: ParameterValue): boolean =>
  typeof given !== 'string' && ('relative' in given || given.type === 'instant')

/**
 * The values of a statement's parameters, ready to be bound. Moments are those of the start of the run, so that every worker reads alike.
 * @throws AppError `sql-parameter-unfit`
 */
export async function bindParameters(
  given: Readonly<Record<string, ParameterValue>>,
  { connection, context }: { connection: SqlConnection; context: Pick<NodeContext, 'run' | 'timezone'> },
): Promise<Record<string, Value>> {
  const entries = Object.entries(given)
  const zones = entries.some(([, value]) => isMoving(value)) ? await connection.zones() : { wall: 'UTC', session: null }
  const binding = { now: Date.parse(context.run.startedAt), timezone: context.timezone, zones }
  return Object.fromEntries(entries.map(([name, value]) => [name, bindOne(name, value, binding)]))
}
