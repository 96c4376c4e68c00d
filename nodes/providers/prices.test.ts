import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import sandbox from './sandbox.ts'
import solapi from './solapi/solapi.ts'

test('every provider has the fields of the kinds that its channels send', () => {
  const names = (settings: unknown) => Object.keys((settings as { properties: object }).properties)
  for (const { settings } of [sandbox, solapi])
    expect(names(settings).slice(-3)).toEqual(['priceAlimtalk', 'priceSms', 'priceLms'])
})

test('a price is a number from nothing on, and may be left out', () => {
  const check = new Ajv({ strict: false }).compile(solapi.settings)
  const from = '0212345678'
  expect(check({ from })).toBe(true)
  expect(check({ from, priceAlimtalk: 7.5, priceSms: 0 })).toBe(true)
  for (const priceSms of [-1, '8', null]) expect(check({ from, priceSms }), String(priceSms)).toBe(false)
})
