import { expect, test } from 'vitest'
import { Loss } from './loss.ts'

test('work that ends is what it came to', async () => {
  const loss = new Loss()
  await expect(loss.during(Promise.resolve(7))).resolves.toBe(7)
  await expect(loss.during(Promise.reject(new Error('own')))).rejects.toThrow('own')
})

test('a loss ends work that never would, and all that comes after it', async () => {
  const loss = new Loss()
  const never = loss.during(new Promise<never>(() => undefined))
  loss.report(new Error('gone'))
  loss.report(new Error('later'))
  await expect(never).rejects.toThrow('gone')
  await expect(loss.during(Promise.resolve(1))).rejects.toThrow('gone')
})

test('what a stream came to is not kept until the stream ends', async () => {
  const loss = new Loss()
  // 200 batches of 1 MB: were each held by the loss, they all would be there at the end.
  let seen: WeakRef<object>[] = []
  for (let batch = 0; batch < 200; batch++) {
    const rows = await loss.during(Promise.resolve({ cells: Array.from({ length: 125_000 }, () => batch) }))
    seen = [...seen, new WeakRef(rows)]
  }
  await new Promise((done) => setTimeout(done, 0))
  const { setFlagsFromString } = await import('node:v8')
  const { runInNewContext } = await import('node:vm')
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  expect(seen.filter((one) => one.deref() !== undefined).length).toBeLessThan(10)
})
