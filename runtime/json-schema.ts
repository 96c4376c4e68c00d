import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

/**
 * One ajv for all schemas of node types, providers and the document: all errors at once, defaults filled in, our two keywords
 * (schemas/form.ts) known. An unknown keyword or format is an error of the schema: a plugin's typo is found when it is loaded.
 */
function createAjv(): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    useDefaults: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    strictTuples: false,
  })
  ajv.addVocabulary(['x-text', 'x-form'])
  formats.default(ajv)
  return ajv
}

/** A value, copied and with its defaults filled in, and what is wrong with it. */
export interface Checked {
  readonly value: unknown
  readonly errors: readonly ErrorObject[]
}

/** A schema's check, compiled once. Throws where the schema itself is not a schema. */
export function compileSchema(schema: unknown): (value: unknown) => Checked {
  // A fresh instance: two plugins may use the same $id. TypeBox schemas are plain JSON Schema; ajv looks at nothing else.
  const validate: ValidateFunction = createAjv().compile(schema as object)
  return (value) => {
    const copy: unknown = structuredClone(value)
    return validate(copy) ? { value: copy, errors: [] } : { value: copy, errors: [...(validate.errors ?? [])] }
  }
}
