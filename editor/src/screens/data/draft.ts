import type { Connection, ConnectionInput, ConnectionKind } from '#schemas/connection.ts'
import type { FieldError } from '#schemas/error-body.ts'
import type { Language } from '#schemas/localized.ts'
import type { FieldMessage } from '#editor/forms/form-context.ts'
import { asFormSchema, blankOf, textOf } from '#editor/forms/form-schema.ts'

/** A connection while it is typed. `secrets` holds only what was typed now. */
export interface Draft {
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
}

/** Defaults of the kind, so that the form shows what would be saved. */
function defaultsOf(kind: ConnectionKind): Record<string, unknown> {
  const properties = asFormSchema(kind.settingsSchema).properties ?? {}
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, schema]) => schema.default !== undefined)
      .map(([name, schema]) => [name, blankOf(schema)]),
  )
}

export const newDraft = (kind: ConnectionKind): Draft => ({ name: '', settings: defaultsOf(kind), secrets: {} })

export const draftOf = (connection: Connection, kind: ConnectionKind): Draft => ({
  name: connection.name,
  settings: { ...defaultsOf(kind), ...connection.settings },
  secrets: {},
})

/** `undefined` takes the field away. */
export function withValue<T>(values: Readonly<Record<string, T>>, name: string, value: T | undefined): Record<string, T> {
  const { [name]: _old, ...rest } = values
  return value === undefined ? rest : { ...rest, [name]: value }
}

/** As the API takes it; a name that is not typed yet must not keep a test from being made. */
export function inputOf(draft: Draft, kind: string, fallbackName = ''): ConnectionInput {
  const { settings, secrets } = draft
  const name = draft.name.trim() === '' ? fallbackName : draft.name.trim()
  return { name, kind, settings: { ...settings }, ...(Object.keys(secrets).length === 0 ? {} : { secrets: { ...secrets } }) }
}

/** What is still needed, by path as the server names it (`settings/host`): titles of empty required fields. Secrets that are saved count. */
export function missingFields(
  draft: Draft,
  kind: ConnectionKind,
  { language, secretsSet }: { language: Language; secretsSet: readonly string[] },
): Record<string, string> {
  const missing: Record<string, string> = {}
  const look = (part: 'settings' | 'secrets', has: (name: string) => boolean) => {
    const schema = asFormSchema(part === 'settings' ? kind.settingsSchema : kind.secretsSchema)
    for (const name of schema.required ?? []) {
      if (!has(name)) missing[`${part}/${name}`] = textOf(schema.properties?.[name] ?? {}, name, language).title
    }
  }
  look('settings', (name) => draft.settings[name] !== undefined && draft.settings[name] !== '')
  look('secrets', (name) => (draft.secrets[name] ?? '') !== '' || secretsSet.includes(name))
  return missing
}

/** Errors of one part of the form (`settings`, `secrets`), by field, for `FormSurroundings`. */
export function messagesOf(
  fields: readonly Pick<FieldError, 'path' | 'message'>[],
  part: string,
): Record<string, FieldMessage[]> {
  const messages: Record<string, FieldMessage[]> = {}
  for (const { path, message } of fields) {
    if (!path.startsWith(`${part}/`)) continue
    ;(messages[path.slice(part.length + 1)] ??= []).push({ message, severity: 'error', position: null, fix: null })
  }
  return messages
}
