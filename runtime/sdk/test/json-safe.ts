/**
 * The places of a value that JSON cannot hold as they are (`undefined`, `NaN`, a `Date`, a `Map`, a bigint), each as `path: what it is`.
 *
 * @example notJson({ rows: [{ total: NaN }] }) // ['rows/0/total: NaN']
 */
export function notJson(value: unknown, path = ''): string[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return []
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path}: ${value}`]
  if (typeof value !== 'object') return [`${path}: ${typeof value}`]
  const isPlain = Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)
  if (!isPlain) return [`${path}: a ${value.constructor.name}`]
  return Object.entries(value).flatMap(([key, part]) => notJson(part, path === '' ? key : `${path}/${key}`))
}
