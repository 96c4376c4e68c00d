import type { Language } from '#schemas/localized.ts'
import { savedBodies, type SavedKind } from '#schemas/saved-object.ts'
import { schemaErrors } from '#runtime/compile/schema-errors.ts'
import { compileSchema } from '#runtime/json-schema.ts'
import { InvalidFields } from '#server/invalid-fields.ts'

/**
 * Checks what is kept against the schema of its kind. Whether a statement is right is asked where it is used: tables change.
 * @throws InvalidFields with paths such as `body/config`
 */
export function checkBody(kind: SavedKind, body: Readonly<Record<string, unknown>>, language: Language): void {
  const schema = savedBodies[kind]
  const faults = schemaErrors(schema, compileSchema(schema)(body).errors)
  if (faults.length === 0) return
  throw new InvalidFields(
    faults.map(({ path, kind: code, text }) => ({ path: path === '' ? 'body' : `body/${path}`, code, message: text[language] })),
  )
}
