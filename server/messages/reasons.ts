import type { Language } from '#schemas/localized.ts'
import { errorText, isErrorCode } from '#schemas/errors.ts'
import type { Reason } from '#schemas/message.ts'
import type { Plan } from '#runtime/compile/plan.ts'
import type { Registry } from '#runtime/registry.ts'
import { parseErrorCode } from '#runtime/run/error-code.ts'
import type { ProviderType } from '#runtime/sdk/index.ts'
import type { Pinned } from '#schemas/pinned.ts'

export interface ReasonDeps {
  readonly plan: Plan | null
  readonly pinned: Pinned
  readonly registry: Pick<Registry, 'provider'>
  readonly language: Language
}

const CANCELLED = { en: 'The run was cancelled before it was this person’s turn.', ko: '차례가 오기 전에 실행을 취소했어요.' }
const UNITS: Readonly<Record<string, { unit: { en: string; ko: string }; limit: number }>> = {
  alimtalk: { unit: { en: 'characters', ko: '자' }, limit: 1000 },
  sms: { unit: { en: 'bytes', ko: '바이트' }, limit: 2000 },
}

/** The provider behind a channel node; null: none, or its kind is gone. */
export function providerOf({ plan, pinned, registry }: Omit<ReasonDeps, 'language'>, nodeNo: number): ProviderType | null {
  const node = Object.values(plan?.nodes ?? {}).find(({ no }) => no === nodeNo)
  const channel = node?.type.channel
  return node && channel ? registry.provider(pinned.connections[channel.connection(node.config)]?.kind ?? '') : null
}

/** Which column fills a variable, as the mapping of the pinned graph says. */
function columnOf(pinned: Pinned, variable: string): string {
  for (const { config } of pinned.document.nodes) {
    // A mapping's config, as its type declares it; anything else has no such shape.
    const entry = (config.variables as Record<string, { column?: unknown }> | undefined)?.[variable]
    if (typeof entry?.column === 'string') return entry.column
  }
  return variable
}

/** Why a message is what it is, in words: our code, the vendor's own in the reader's language, and what tells most. Null: nothing went wrong. */
export function reasonOf(
  deps: ReasonDeps,
  message: { nodeNo: number; errorCode: string | null; attempt: number },
): Reason | null {
  if (message.errorCode === null) return null
  const { language, pinned } = deps
  const { code, detail } = parseErrorCode(message.errorCode)
  if (code === 'cancelled') return { code, message: CANCELLED[language] }
  const provider = providerOf(deps, message.nodeNo)
  const vendor = (detail !== null && provider?.errors[detail]?.text[language]) || null
  const channel = Object.values(deps.plan?.nodes ?? {}).find(({ no }) => no === message.nodeNo)?.type.channel?.name ?? ''
  const known: Record<string, string | number> = {
    provider: provider?.title[language] ?? pinnedProvider(pinned),
    code: detail ?? '?',
    detail: vendor ?? detail ?? '?',
    attempts: message.attempt,
    variable: detail ?? '?',
    column: columnOf(pinned, detail ?? ''),
    format: detail ?? '?',
    used: detail ?? '?',
    unit: UNITS[channel]?.unit[language] ?? '',
    limit: UNITS[channel]?.limit ?? '?',
    characters: detail ?? '…',
  }
  const text = isErrorCode(code) ? errorText(code, known)[language] : message.errorCode
  return { code: vendor === null || detail === null ? code : `${code}:${detail}`, message: text }
}

function pinnedProvider(pinned: Pinned): string {
  return Object.values(pinned.connections)[0]?.name ?? '?'
}
