/** A run as its row says. */
export interface RunRow {
  readonly id: string
  readonly runNo: number
  readonly state: string
  readonly reason: { readonly code: string; readonly fields: Readonly<Record<string, unknown>> } | null
  readonly total: number | null
  readonly outcomes: Readonly<Record<string, number>>
  readonly law: { readonly holds: boolean; readonly broken: readonly unknown[] } | null
}
