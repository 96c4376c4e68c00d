import type { Button } from '#schemas/message.ts'
import type { Fields } from './read-fields.ts'

/** A three-step workflow, read: whatever the JSON called things, here they have one name. */
export interface ThreeStep {
  readonly name: string
  readonly description: string
  /** Was it switched on where it comes from? */
  readonly active: boolean
  readonly groups: readonly Group[]
  readonly templates: readonly Template[]
  /** Null: the workflow says nothing of mappings. */
  readonly mappings: readonly Mapping[] | null
  readonly trigger: { readonly type: string; readonly fields: Fields }
}

export interface Group {
  readonly id: string
  readonly name: string
  /** Null: no query; then its people are listed. */
  readonly sql: string | null
  readonly people: readonly Fields[]
}

export interface Template {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly text: string
  readonly channelId: string
  readonly isText: boolean
  readonly buttons: readonly Button[]
  /** Names that the template says it has, besides those in its text. */
  readonly declared: readonly string[]
  readonly variables: Readonly<Record<string, Variable>>
}

/** Where a template's variable gets its value when the person's row has none. */
export interface Variable {
  readonly sql: string | null
  readonly selected: string | null
  readonly field: string | null
  readonly formatter: string | null
  readonly fallback: string | null
}

export interface Mapping {
  /** Null: everybody. */
  readonly groupId: string | null
  readonly templateId: string | null
  readonly fields: readonly FieldMapping[]
}

export interface FieldMapping {
  readonly variable: string
  readonly column: string | null
  readonly formatter: string | null
  readonly fallback: string | null
}
