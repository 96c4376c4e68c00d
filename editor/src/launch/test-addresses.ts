/** The server takes so many at once. */
export const MOST_ADDRESSES = 20

/** Addresses out of what somebody typed or pasted, one a line or with commas between; each once. */
export function addressesIn(text: string): string[] {
  const found = text
    .normalize('NFKC')
    .split(/[\n,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return [...new Set(found)]
}

const KEY = 'alimflow.test-addresses'

/** What a person wished this browser to remember; it is kept nowhere else. */
export function rememberedAddresses(storage: Pick<Storage, 'getItem'>): string {
  return storage.getItem(KEY) ?? ''
}

/** Remembers them here, or forgets them. */
export function rememberAddresses(storage: Pick<Storage, 'setItem' | 'removeItem'>, text: string | null): void {
  if (text === null) storage.removeItem(KEY)
  else storage.setItem(KEY, text)
}
