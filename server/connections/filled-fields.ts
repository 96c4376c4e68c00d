import type { AppError } from '#runtime/sdk/index.ts'

/** The fields of an error that have a value, as they are kept beside its code. */
export function filledFields({ fields }: AppError): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(fields).filter((one): one is [string, string | number] => one[1] !== null && one[1] !== undefined),
  )
}
