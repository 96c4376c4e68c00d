import { CallFailed, type AccountStanding, type StandingWanted, type TemplateStanding } from '#runtime/sdk/index.ts'
import type { Request } from './client.ts'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The vendor allows 20 reads in 5 s: a look at the account must not use them up. */
const MOST_ASKED = 8

/** Balance, sender number, channels and templates as the account has them. What the vendor does not answer in a known form is left out. */
export async function solapiStanding(
  request: Request,
  { from, wanted, signal }: { from: string; wanted: StandingWanted; signal: AbortSignal },
): Promise<AccountStanding> {
  const read = (path: string): Promise<unknown> => request({ method: 'GET', path, signal })
  // First and alone: a wrong key is said by this one, not by whichever came first.
  const cash = await read('/cash/v1/balance')
  const sender = senderIn(await told(read('/senderid/v1/numbers/active')), from)
  const channels: Record<string, boolean> = {}
  for (const id of wanted.channels.slice(0, MOST_ASKED)) {
    const answer = await told(read(`/kakao/v2/channels/${encodeURIComponent(id)}`))
    if (answer !== undefined) channels[id] = isObject(answer) && answer.channelId === id
  }
  const templates: Record<string, TemplateStanding> = {}
  for (const id of wanted.templates.slice(0, MOST_ASKED)) {
    const answer = await told(read(`/kakao/v2/templates/${encodeURIComponent(id)}`))
    const standing = answer === null ? 'missing' : templateStanding(answer)
    if (standing !== undefined) templates[id] = standing
  }
  const balance = isObject(cash) && typeof cash.balance === 'number' ? cash.balance : undefined
  return { ...(balance !== undefined && { balance }), ...(sender !== undefined && { sender }), channels, templates }
}

/** The answer; null: there is no such thing (404); undefined: it was not told. */
async function told(asking: Promise<unknown>): Promise<unknown> {
  try {
    return await asking
  } catch (error) {
    // The key was right a moment ago: one that may not read this is no wrong key.
    if (!(error instanceof CallFailed)) throw error
    return error.error.fields.code === 'ResourceNotFound' ? null : undefined
  }
}

/** Is the number among the usable ones? They come as texts, or as things that have a number. */
function senderIn(answer: unknown, from: string): boolean | undefined {
  if (!Array.isArray(answer)) return undefined
  return answer.some((one) => {
    const number: unknown = isObject(one) ? (one.phoneNumber ?? one.number ?? one.handleKey) : one
    return typeof number === 'string' && number.replace(/\D/g, '') === from
  })
}

function templateStanding(answer: unknown): TemplateStanding | undefined {
  if (!isObject(answer) || typeof answer.status !== 'string') return undefined
  if (answer.status === 'APPROVED') return 'approved'
  return answer.status === 'REJECTED' ? 'rejected' : 'pending'
}
