import { expect, test } from 'vitest'
import { chosenPair } from './chosen-pair.ts'

const items = [{ version: 3 }, { version: 2 }, { version: 1 }]

test.each([
  [{}, 'draft', 3],
  [{ version: 'draft' }, 'draft', 3],
  [{ version: '3' }, 3, 2],
  [{ version: '1' }, 1, null],
  [{ version: '3', base: '1' }, 3, 1],
  [{ version: '3', base: '3' }, 3, 2],
  [{ version: 'draft', base: '2' }, 'draft', 2],
  [{ version: '-1', base: 'x' }, 'draft', 3],
  [{ version: '9', base: '2' }, 9, 2],
] as const)('the address %j shows %s against %s', (search, version, base) => {
  expect(chosenPair(search, items)).toEqual({ version, base })
})

test('before anything was published there is nothing to compare with', () => {
  expect(chosenPair({}, [])).toEqual({ version: 'draft', base: null })
})
