import { expect, test } from 'vitest'
import { reasonOf } from './reasons.ts'

// A plan and a registry that know nothing: what is left is what the stored code says.
const deps = {
  plan: null,
  pinned: { connections: { c: { name: '샌드박스' } }, document: { nodes: [] } } as never,
  registry: { provider: () => null } as never,
}
const said = (errorCode: string, language: 'en' | 'ko' = 'ko') =>
  reasonOf({ ...deps, language }, { nodeNo: 1, errorCode, attempt: 1 })

test('a vendor’s code is told; one that only repeats ours is not', () => {
  expect(said('provider-unknown:E17')).toEqual({ code: 'provider-unknown', message: '샌드박스에서 받았는지 알 수 없어요 (E17).' })
  for (const code of ['provider-unknown', 'provider-unknown:provider-unknown']) {
    expect(said(code)?.message).toBe('샌드박스에서 받았는지 알 수 없어요 (이유를 알려 주지 않았어요).')
    expect(said(code, 'en')?.message).toBe('샌드박스 did not say whether it accepted the messages (it gave no reason).')
  }
})
