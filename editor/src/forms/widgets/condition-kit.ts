import { createContext, type ReactNode, useContext } from 'react'
import type { Column } from '#schemas/column.ts'

/** What every single condition has, whatever it is about. */
export interface LeafFacts {
  /** Key of its column among the choices of the kit. */
  readonly column: string
  readonly is: string
}

/** Conditions joined by all or any, with groups inside groups. */
export interface GroupOf<Leaf> {
  readonly join: 'all' | 'any'
  readonly items: readonly (Leaf | GroupOf<Leaf>)[]
}

/** What one place of an item is drawn with. */
export interface ItemProps<Item> {
  readonly item: Item
  readonly path: string
  readonly onChange: (item: Item) => void
  readonly onRemove: () => void
}

/** What differs between the conditions of a filter and those of a query; how they look and are used does not. */
export interface ConditionKit<Leaf> {
  /** `name` is the key. */
  readonly columns: readonly Column[]
  /** What the database or the step before calls it. */
  readonly nameOf: (column: Column) => string
  readonly operators: readonly { readonly value: string; readonly label: string }[]
  /** Of these operators those that fit a column; the one that is set stays. */
  readonly fitting: (column: Column | undefined, current: string) => readonly string[]
  readonly isGroup: (item: Leaf | GroupOf<Leaf>) => item is GroupOf<Leaf>
  readonly factsOf: (leaf: Leaf) => LeafFacts
  readonly withFacts: (leaf: Leaf, facts: Partial<LeafFacts>) => Leaf
  /** A condition that is not filled in yet. */
  readonly blank: () => Leaf
  /** What is compared with: below the line of column and operator. */
  readonly value: (props: { leaf: Leaf; path: string; column: Column | undefined; onChange: (leaf: Leaf) => void }) => ReactNode
  /** An item of another kind, drawn whole; null: it is a plain condition. */
  readonly special?: (props: ItemProps<Leaf>) => ReactNode
  /** What can be added besides a condition and a group. */
  readonly more?: (add: (leaf: Leaf) => void) => ReactNode
  /** How deep groups may lie in each other. */
  readonly deepest: number
}

// The kits of different forms hold different leaves; each form reads the one that it put there itself.
const KitContext = createContext<unknown>(null)
export const ConditionKitProvider = KitContext.Provider

export function useConditionKit<Leaf>(): ConditionKit<Leaf> {
  const kit = useContext(KitContext)
  if (kit === null) throw new Error('Conditions stand inside of a kit.')
  // Given by the same form, see above.
  return kit as ConditionKit<Leaf>
}
