import type { Ready, ReadyState } from '#schemas/api/ready.ts'
import type { Language } from '#schemas/localized.ts'
import { AppError, CallFailed, type AccountStanding, type TemplateStanding } from '#runtime/sdk/index.ts'
import type { NamedTexts } from './named-texts.ts'
import type { OpenedProvider } from './open.ts'

const TIMEOUT_MS = 15_000

type Item = Ready['items'][number]

interface Asking {
  readonly kind: string
  readonly provider: OpenedProvider
  readonly named: NamedTexts
  readonly language: Language
}

/** What real sending over a connection needs and has, as its provider says now. What cannot be asked is said to be unknown. */
export async function readyOf({ kind, provider, named, language }: Asking): Promise<Ready> {
  if (kind === 'sandbox') return { sandbox: true, balance: null, items: [] }
  const { session, settings, type } = provider
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const from = typeof settings.from === 'string' ? settings.from : null
  try {
    const standing = session.standing ? await session.standing(named, signal) : await session.validate(signal).then(() => ({}))
    const { balance }: AccountStanding = standing
    return {
      sandbox: false,
      balance: balance === undefined ? null : { amount: String(balance), currency: 'KRW' },
      items: [
        { check: 'key', state: 'ok', name: null, detail: null },
        ...rest({ standing, named, from, alimtalk: type.channels.includes('alimtalk') }),
      ],
    }
  } catch (error) {
    const known = error instanceof CallFailed ? error.error : error
    if (!(known instanceof AppError)) throw error
    const wrong = error instanceof CallFailed && error.class === 'configuration'
    const key: Item = { check: 'key', state: wrong ? 'todo' : 'unknown', name: null, detail: known.text[language] }
    const items = rest({ standing: {}, named, from, alimtalk: type.channels.includes('alimtalk') })
    return { sandbox: false, balance: null, items: [key, ...items] }
  }
}

interface Rest {
  readonly standing: AccountStanding
  readonly named: NamedTexts
  readonly from: string | null
  readonly alimtalk: boolean
}

function rest({ standing, named, from, alimtalk }: Rest): Item[] {
  const sender: Item = { check: 'sender', state: stateOf(standing.sender), name: from, detail: null }
  if (!alimtalk) return from === null ? [] : [sender]
  const channels = named.channels.map((id): Item => {
    return { check: 'channel', state: stateOf(standing.channels?.[id]), name: id, detail: null }
  })
  const templates = named.templates.map((id): Item => {
    const stands: TemplateStanding | undefined = standing.templates?.[id]
    const state = stateOf(stands === undefined ? undefined : stands === 'approved')
    return { check: 'template', state, name: id, detail: stands === undefined || stands === 'approved' ? null : stands }
  })
  const none = (check: 'channel' | 'template'): Item => ({ check, state: 'todo', name: null, detail: null })
  return [
    sender,
    ...(channels.length > 0 ? channels : [none('channel')]),
    ...(templates.length > 0 ? templates : [none('template')]),
  ]
}

const stateOf = (has: boolean | undefined): ReadyState => (has === undefined ? 'unknown' : has ? 'ok' : 'todo')
