import { AppError, type Value } from '#runtime/sdk/index.ts'

/** The values of a statement's parameters in the order they are bound. @throws AppError `sql-parameter-missing` */
export function valuesFor(order: readonly string[], parameters: Readonly<Record<string, Value>>): Value[] {
  return order.map((name) => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (value === undefined) throw new AppError('sql-parameter-missing', { name })
    return value
  })
}
