import { createContext, useContext } from 'react'
import type { Column } from '#schemas/column.ts'
import type { Connection } from '#schemas/connection.ts'
import type { Language } from '#schemas/localized.ts'
import type { Fix, Problem, TextPosition } from '#schemas/problem.ts'

/** What is said at a field. */
export interface FieldMessage {
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
  /** Text editors: a column was chosen that no variable stands for yet; the mapping before is to be filled. */
  readonly onFillVariable: ((variable: string, column: string) => void) | null
}

export const bareSurroundings: FormSurroundings = {
  messages: {},
  columns: [],
  connections: [],
  dialect: null,
  variablesWanted: [],
  sample: {},
  lengthUnit: null,
  timezone: 'Asia/Seoul',
  onPreview: null,
  onFix: null,
  onFillVariable: null,
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
  for (const { field, message, severity, position, fix } of problems) {
    if (field === undefined) continue
    ;(byField[field] ??= []).push({ message: message[language], severity, position: position ?? null, fix: fix ?? null })
  }
  return byField
}

/** The text under a field: its errors, else nothing (Mantine draws `error` red). */
export function errorText(messages: readonly FieldMessage[]): string | null {
  const errors = messages.filter(({ severity }) => severity === 'error')
  return errors.length === 0 ? null : errors.map(({ message }) => message).join(' ')
}
