import { createContext, useContext } from 'react'

interface FocusAsk {
  readonly field: string
  readonly turn: number
}

const FocusContext = createContext<FocusAsk | null>(null)
export const FocusAskProvider = FocusContext.Provider

/** Is this field asked to show itself? The number grows with every new question; null: not asked. An inner path asks its field too. */
export function useFocusAsk(path: string): number | null {
  const ask = useContext(FocusContext)
  if (ask === null) return null
  return ask.field === path || ask.field.startsWith(`${path}/`) ? ask.turn : null
}
