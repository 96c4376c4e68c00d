import { AppError } from '#runtime/sdk/index.ts'
import { isUuid } from '#server/runs/uuid.ts'

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/** Said in no language: the name of the parameter and the field that it comes from. */
const CURSOR = 'cursor = nextCursor'

/** The parts of a cursor (`time id`) that a list handed out. @throws AppError `invalid-request` for one that it did not */
export function cursorParts(cursor: string | undefined, count: 2): readonly [at: string, id: string] | null {
  if (cursor === undefined || cursor === '') return null
  const [at = '', id = ''] = cursor.split(' ')
  if (cursor.split(' ').length !== count || !INSTANT.test(at) || Number.isNaN(Date.parse(at)) || !isUuid(id))
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
    !numbers.every((number) => Number.isSafeInteger(number) && number >= 0)
  ) {
    throw new AppError('invalid-request', { detail: CURSOR })
  }
  return numbers
}
