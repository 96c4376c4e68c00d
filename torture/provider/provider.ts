import Type from 'typebox'
import { defineProvider, type ProviderType } from '#runtime/sdk/index.ts'
import { BATCH } from '../harness/channels.ts'
import { openSession, type Abilities } from './session.ts'

/** A provider type that speaks to torture/fake over the product's own way out. */
export function tortureProvider(kind: string, abilities: Abilities): ProviderType {
  return defineProvider({
    kind,
    title: { en: `Torture (${kind})`, ko: `고문 (${kind})` },
    channels: ['sms'],
    settings: Type.Object({ url: Type.String(), concurrency: Type.Integer() }),
    secrets: Type.Object({}),
    limits: { batch: abilities.batch ?? BATCH, timeoutMs: 3_000, ...(abilities.lookup && { listingLagMs: 1_000 }) },
    errors: { refused: { class: 'recipient', text: { en: 'Refused', ko: '받지 않아요' } } },
    open: ({ settings }, { http }) => openSession(settings.url, http, abilities),
  })
}
