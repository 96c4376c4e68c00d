/**
 * A request's body in bytes. The memory is used again after `release`: call it when the answer was read. After a request that failed do not:
 * a socket may still hold the bytes, and they are collected in time.
 */
export interface JsonBody {
  readonly bytes: Buffer
  release(): void
}

/** Rest between calls; one larger than this is not kept. */
const KEPT = 16
const LARGEST_KEPT = 4 * 1024 * 1024
const free: Buffer[] = []
/** So few items make a small text: writing it in pieces saves nothing. */
const FEW = 20

/**
 * `{"name":[item,item…]}` for a provider that takes many messages a call, written item by item into memory that is there already. One
 * JSON.stringify of a thousand messages makes a text of a megabyte, for which V8 gets new pages each time: the kernel's page faults
 * cost several times the work. `toVendor` makes the vendor's form of one item; what is `undefined` in it is left out, as in JSON.
 */
export function jsonListBody<Item>(name: string, items: readonly Item[], toVendor: (item: Item) => object): JsonBody {
  if (items.length < FEW) return { bytes: Buffer.from(JSON.stringify({ [name]: items.map(toVendor) })), release: () => undefined }
  let buffer = free.pop() ?? Buffer.allocUnsafeSlow(512 * 1024)
  let at = 0
  const write = (text: string): void => {
    if (at + text.length * 3 > buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, at + text.length * 3))
      buffer.copy(larger, 0, 0, at)
      buffer = larger
    }
    at += buffer.write(text, at)
  }
  write(`{${JSON.stringify(name)}:[`)
  for (let index = 0; index < items.length; index++) {
    const json = JSON.stringify(toVendor(items[index] as Item))
    write(index === 0 ? json : `,${json}`)
  }
  write(']}')
  let released = false
  return {
    bytes: buffer.subarray(0, at),
    release() {
      if (released) return
      released = true
      if (free.length < KEPT && buffer.length <= LARGEST_KEPT) free.push(buffer)
    },
  }
}
