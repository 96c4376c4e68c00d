import type { AppError } from '#runtime/sdk/index.ts'

/**
 * How a reason is stored with a message: our code and, behind a colon, the vendor's own (`provider-refused:3104`) or the one field that
 * tells most (`value-null:이름`); NUL, which PostgreSQL cannot keep, is left away. The text is made when it is read, from the error table and the provider's table of codes.
 */
export function errorCode(code: string, detail?: string | number | null): string {
  return detail === undefined || detail === null || detail === ''
    ? code
    : `${code}:${String(detail).replaceAll('\0', '').slice(0, 100)}`
}

/** The stored form of a row's error. Values of people never get into it: only names of variables, limits and vendors' codes do. */
export function storedCode(error: AppError): string {
  const { variable, code, used } = error.fields
  return errorCode(error.code, variable ?? code ?? used)
}

/** Both halves of a stored reason. */
export function parseErrorCode(stored: string): { code: string; detail: string | null } {
  const colon = stored.indexOf(':')
  return colon < 0 ? { code: stored, detail: null } : { code: stored.slice(0, colon), detail: stored.slice(colon + 1) }
}
