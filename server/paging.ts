import { AppError } from '#runtime/sdk/index.ts'
import { isUuid } from '#server/runs/uuid.ts'

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/** The largest number of a list: they are all `integer` in the database, which refuses more. */
const MOST = 2_147_483_647

/** A day that a calendar has: `Date` takes the 30th of February for the 2nd of March, the database refuses it, as it does the year 0. */
const isInstant = (at: string): boolean =>
  INSTANT.test(at) &&
  !at.startsWith('0000') &&
  !Number.isNaN(Date.parse(at)) &&
  new Date(`${at.slice(0, 10)}T00:00:00Z`).toISOString().startsWith(at.slice(0, 10))

/** Said in no language: the name of the parameter and the field that it comes from. */
const CURSOR = 'cursor = nextCursor'

/** The parts of a cursor (`time id`) that a list handed out. @throws AppError `invalid-request` for one that it did not */
export function cursorParts(cursor: string | undefined, count: 2): readonly [at: string, id: string] | null {
  if (cursor === undefined || cursor === '') return null
  const [at = '', id = ''] = cursor.split(' ')
  if (cursor.split(' ').length !== count || !isInstant(at) || !isUuid(id))
    throw new AppError('invalid-request', { detail: CURSOR })
  return [at, id]
}

/** Whole numbers of a cursor (`3.1187`). @throws AppError `invalid-request` */
export function cursorNumbers(cursor: string | undefined, count: number): readonly number[] | null {
  if (cursor === undefined || cursor === '') return null
  const numbers = cursor.split('.').map(Number)
  if (
    !/^[\d.]+$/.test(cursor) ||
    numbers.length !== count ||
    !numbers.every((number) => Number.isSafeInteger(number) && number >= 0 && number <= MOST)
  ) {
    throw new AppError('invalid-request', { detail: CURSOR })
  }
  return numbers
}
