import { createContext, useContext } from 'react'
import type { Column } from '#schemas/column.ts'
import type { Connection } from '#schemas/connection.ts'
import type { Suggestion } from '#schemas/likeness/suggest.ts'
import type { Language } from '#schemas/localized.ts'
import type { HoleState } from '#editor/model/mapping-of.ts'
import type { HoleOffer } from '#editor/model/hole-offers.ts'
import type { Fix, Problem, TextPosition } from '#schemas/problem.ts'

/** What is said at a field. */
export interface FieldMessage {
  /** Of the problem; what a form says itself has none. */
  readonly code?: string
  readonly message: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly position: TextPosition | null
  /** A change that mends it, offered at the field. */
  readonly fix: Fix | null
}

/** What widgets know besides their own value. Outside of the editor most of it is empty. */
export interface FormSurroundings {
  /** Messages by path of the field (`sql`, `variables/이름/column`). */
  readonly messages: Readonly<Record<string, readonly FieldMessage[]>>
  /** Columns of the rows that come in. */
  readonly columns: readonly Column[]
  readonly connections: readonly Connection[]
  /** What the step is set to now, by field. */
  readonly config: Readonly<Record<string, unknown>>
  /** Dialect of the connection that this form names. */
  readonly dialect: string | null
  /** Variables that the texts after this step ask for. */
  readonly variablesWanted: readonly string[]
  /** The value of each variable and column for the person shown in the preview. */
  readonly sample: Readonly<Record<string, string>>
  /** Length units that count after this step: `characters`, `bytes`. */
  readonly lengthUnit: 'characters' | 'bytes' | null
  readonly timezone: string
  readonly onPreview: (() => void) | null
  readonly onFix: ((fix: Fix) => void) | null
  /** Sets several fields of the form in one step back; null takes one away. Null: there is no step behind the form. */
  readonly configure: ((fields: Readonly<Record<string, unknown>>) => void) | null
  /** Makes the step one of another type, with its lines and its name, as one step back. Null: there is no step behind the form. */
  readonly become: ((as: { readonly type: string; readonly config: Readonly<Record<string, unknown>> }) => void) | null
  /** What can be done with the variables of a text; null: it has none, or nobody could fill them. */
  readonly variables: VariableActions | null
  /** Columns that may fill a variable, best first, each with its reason. */
  readonly suggest: (variable: string) => readonly Suggestion<Column>[]
}

/** The variables of the text or of the mapping that is open. */
export interface VariableActions {
  readonly stateOf: (variable: string) => HoleState
  /** What would mend a hole, best first. */
  readonly offersFor: (variable: string) => readonly HoleOffer[]
  /** Can this column fill a variable of this text? */
  readonly canFill: (column: string) => boolean
  /** A mapping before the text fills the variable from the column. `withText`: it is one step back with the change of the text before it. */
  readonly fill: (wish: { variable: string; column: string; withText: boolean }) => void
  /**
   * Another name for a variable, with all that is set for it, here and in every text; `copy`: the old one stays beside it. False: the name
   * is taken.
   */
  readonly rename: (old: string, next: string, how?: { readonly copy: boolean }) => boolean
}

export const bareSurroundings: FormSurroundings = {
  messages: {},
  columns: [],
  connections: [],
  config: {},
  dialect: null,
  variablesWanted: [],
  sample: {},
  lengthUnit: null,
  timezone: 'Asia/Seoul',
  onPreview: null,
  onFix: null,
  configure: null,
  become: null,
  variables: null,
  suggest: () => [],
}

const FormContext = createContext<FormSurroundings>(bareSurroundings)
export const FormSurroundingsProvider = FormContext.Provider

export function useForm(): FormSurroundings {
  return useContext(FormContext)
}

const none: readonly FieldMessage[] = []

/** What is said at a field; `deep`: at anything inside it as well. */
export function useMessages(path: string, deep = false): readonly FieldMessage[] {
  const { messages } = useForm()
  if (!deep) return messages[path] ?? none
  return Object.entries(messages)
    .filter(([place]) => place === path || place.startsWith(`${path}/`))
    .flatMap(([, list]) => list)
}

/** Problems of one step, by field, in one language. */
export function messagesByField(problems: readonly Problem[], language: Language): Record<string, FieldMessage[]> {
  const byField: Record<string, FieldMessage[]> = Object.create(null)
  for (const { field, code, message, severity, position, fix } of problems) {
    if (field === undefined) continue
    ;(byField[field] ??= []).push({ code, message: message[language], severity, position: position ?? null, fix: fix ?? null })
  }
  return byField
}

/** The text under a field: its errors, else nothing (Mantine draws `error` red). */
export function errorText(messages: readonly FieldMessage[]): string | null {
  const errors = messages.filter(({ severity }) => severity === 'error')
  return errors.length === 0 ? null : errors.map(({ message }) => message).join(' ')
}
