import { expect, test } from 'vitest'
import { createRegistry } from '#runtime/registry.ts'
import { builtInNodes, builtInProviders } from '#nodes/all.ts'

test('a channel written by hand without a time limit gives up after a day', () => {
  const registry = createRegistry({ nodes: builtInNodes, providers: builtInProviders })
  for (const type of ['send-alimtalk', 'send-sms']) {
    const loaded = registry.node(type)?.load({ connection: 'sandbox', address: 'phone' }, 1)
    expect(loaded).toEqual({ config: { connection: 'sandbox', address: 'phone', expiresAfter: 1440 }, errors: [] })
  }
})
