import Type from 'typebox'
import { expect, test } from 'vitest'
import { pricesOf, withPrices } from './prices.ts'

test('what the connection says goes before what its provider says, kind by kind', () => {
  const type = { prices: { ATA: 10, SMS: 20 } }
  expect(pricesOf(type, {})).toBe(type.prices)
  expect(pricesOf(type, { priceAlimtalk: 7.5, priceLms: 30 })).toEqual({ ATA: 7.5, SMS: 20, LMS: 30 })
  expect(pricesOf(type, { priceAlimtalk: 0 })).toEqual({ ATA: 0, SMS: 20 })
  expect(pricesOf({}, { priceSms: 8.4 })).toEqual({ SMS: 8.4 })
  expect(pricesOf(null, null)).toBeUndefined()
})

test('fields of the kinds that the channels send; a field that the provider has itself stays its own', () => {
  const own = Type.Object({ priceSms: Type.String() })
  expect(Object.keys((withPrices(own, ['sms']) as unknown as { properties: object }).properties)).toEqual([
    'priceSms',
    'priceLms',
  ])
  expect(withPrices(own, ['sms'])).toMatchObject({ properties: { priceSms: { type: 'string' }, priceLms: { type: 'number' } } })
})
