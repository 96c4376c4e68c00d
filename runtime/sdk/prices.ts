import Type, { type TSchema } from 'typebox'
import { field } from '#schemas/form.ts'
import type { Localized } from '#schemas/localized.ts'

/** Prices of one message by kind, KRW. */
export type Prices = Readonly<Record<string, number>>

interface PricedKind {
  /** The connection's setting. */
  readonly setting: string
  readonly title: Localized
}

/** The kinds that a channel's texts go out as, each with the setting that says what one costs. */
const PRICED: Readonly<Record<string, Readonly<Record<string, PricedKind>>>> = {
  alimtalk: { ATA: { setting: 'priceAlimtalk', title: { en: 'Price of an Alimtalk (KRW)', ko: '알림톡 한 건의 가격(원)' } } },
  sms: {
    SMS: { setting: 'priceSms', title: { en: 'Price of a short text message (KRW)', ko: '단문 문자(SMS) 한 건의 가격(원)' } },
    LMS: { setting: 'priceLms', title: { en: 'Price of a long text message (KRW)', ko: '장문 문자(LMS) 한 건의 가격(원)' } },
  },
}
const HELP: Localized = {
  en: 'What your contract says, such as 8.4. Costs and the cost limit are worked out from it',
  ko: '8.4처럼 계약한 가격을 써 주세요. 비용과 비용 한도를 이 가격으로 계산해요',
}
const ALL_KINDS = Object.values(PRICED).flatMap((kinds) => Object.entries(kinds))

/** Kinds that texts of a channel go out as. */
export const kindsOf = (channel: string): readonly string[] => Object.keys(PRICED[channel] ?? {})

/** A provider's settings with a price for each kind that its channels send; a field that it has itself stays its own. */
export function withPrices(settings: TSchema, channels: readonly string[]): TSchema {
  const { properties } = settings as { properties?: Record<string, TSchema> }
  if (!properties) return settings
  const prices = channels
    .flatMap((channel) => Object.values(PRICED[channel] ?? {}))
    .map(({ setting, title }) => [
      setting,
      Type.Number({ minimum: 0, maximum: 100_000, ...field({ title, help: HELP }, { advanced: true }) }),
    ])
  return { ...settings, properties: { ...properties, ...Object.fromEntries(prices), ...properties } } as TSchema
}

/** What messages of a connection cost: what its settings say, then what its provider says. Undefined: nobody says anything. */
export function pricesOf(type: { readonly prices?: Prices } | null, settings: unknown): Prices | undefined {
  const given = (settings ?? {}) as Readonly<Record<string, unknown>>
  const set = ALL_KINDS.flatMap(([kind, { setting }]) => {
    const price = given[setting]
    return typeof price === 'number' ? [[kind, price] as const] : []
  })
  return set.length === 0 ? type?.prices : { ...type?.prices, ...Object.fromEntries(set) }
}
