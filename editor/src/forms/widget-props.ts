import { type ComponentType, createContext, useContext } from 'react'
import type { DefaultWidget, FormSchema } from './form-schema.ts'

/** What every field, and so every widget, gets. */
export interface WidgetProps {
  readonly name: string
  readonly path: string
  readonly schema: FormSchema
  readonly required: boolean
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  /** The values of the form that the field stands in. */
  readonly siblings?: Readonly<Record<string, unknown>>
}

export type Widgets = Readonly<Record<DefaultWidget, ComponentType<WidgetProps>>>

// Fields find their widgets here, not by import: a widget may hold fields itself.
const WidgetsContext = createContext<Widgets | null>(null)
export const WidgetsProvider = WidgetsContext.Provider

export function useWidgets(): Widgets {
  const widgets = useContext(WidgetsContext)
  if (widgets === null) throw new Error('Fields stand inside of a ConfigForm.')
  return widgets
}
