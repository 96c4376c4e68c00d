/** Statements that are kept for each connection. */
const MOST = 20
/** Longer ones are not kept: the browser has little room. */
const LONGEST = 20_000

const keyOf = (connectionId: string): string => `alimflow.sql.${connectionId}`

type Store = Pick<Storage, 'getItem' | 'setItem'>

/** The last statements that were previewed or explained on a connection in this browser, the latest first. Texts only, never values. */
export function recentStatements(store: Store, connectionId: string): string[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(keyOf(connectionId)) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
  } catch {
    // Somebody else's text, or a browser that keeps nothing.
    return []
  }
}

/** Puts a statement first, once however it is spaced. */
export function rememberStatement(store: Store, connectionId: string, sql: string): void {
  const text = sql.trim()
  if (text === '' || text.length > LONGEST) return
  const bare = (one: string): string => one.replace(/\s+/g, ' ').trim()
  const others = recentStatements(store, connectionId).filter((one) => bare(one) !== bare(text))
  try {
    store.setItem(keyOf(connectionId), JSON.stringify([text, ...others].slice(0, MOST)))
  } catch {
    // A full or closed store: the statement is simply not remembered.
  }
}
