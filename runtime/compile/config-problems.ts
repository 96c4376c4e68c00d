import type { ErrorObject } from 'ajv'
import type { Finding } from './finding.ts'
import { schemaErrors } from './schema-errors.ts'
import { fieldTitle, type SchemaPart } from './schema-text.ts'

/** What is wrong with a node's config, each with the path of its field and in the words of the form. */
export function configProblems(nodeId: string, schema: unknown, errors: readonly ErrorObject[]): Finding[] {
  return schemaErrors(schema, errors).map(({ path, segments, kind, text }) => {
    // The schema was compiled by ajv when the type was registered.
    const title = fieldTitle(schema as SchemaPart, segments)
    const at = { nodeId, ...(path !== '' && { field: path }) }
    if (kind === 'missing') return { ...at, code: 'config-missing', fields: { field: title } }
    const detail =
      path === '' ? { en: capital(text.en), ko: text.ko } : { en: `“${title.en}”: ${text.en}.`, ko: `‘${title.ko}’: ${text.ko}.` }
    const [name] = segments
    const remove = kind === 'unknown' && segments.length === 1 && name !== undefined
    return {
      ...at,
      code: 'config-invalid',
      fields: { detail },
      ...(remove && { fix: { title: { en: `Remove "${name}"`, ko: `‘${name}’ 지우기` }, nodeId, config: { [name]: null } } }),
    }
  })
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
