import { IconAlertTriangle, IconCheck, IconHelpCircle, IconPlayerPause, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RunItem } from '#schemas/run.ts'
import type { RunState } from '#schemas/states.ts'
import { Pill } from './pill.tsx'
import { isMessageState, isRunState, messageTones, runTones } from './state-tones.ts'

/** The state of a run in words, colour and sign. One that takes events as they come is open while it sends. */
export function RunStatePill({ state, kind = 'live' }: { state: string; kind?: RunItem['kind'] }) {
  const { t } = useTranslation()
  if (kind === 'open' && state === 'sending') return <Pill tone="ok">{t('states.open')}</Pill>
  if (!isRunState(state)) return <Pill>{state}</Pill>
  return (
    <Pill tone={runTones[state]} icon={runSign(state)}>
      {t(`states.run.${state}`)}
    </Pill>
  )
}

/** The state of a message in words and colour. */
export function MessageStatePill({ state }: { state: string }) {
  const { t } = useTranslation()
  if (!isMessageState(state)) return <Pill>{state}</Pill>
  return (
    <Pill tone={messageTones[state]} icon={state === 'unconfirmed' ? <IconHelpCircle size={13} aria-hidden /> : undefined}>
      {t(`states.message.${state}`)}
    </Pill>
  )
}

function runSign(state: RunState) {
  if (state === 'completed') return <IconCheck size={13} aria-hidden />
  if (state === 'paused') return <IconPlayerPause size={13} aria-hidden />
  if (state === 'failed') return <IconAlertTriangle size={13} aria-hidden />
  if (state === 'cancelled') return <IconX size={13} aria-hidden />
  return undefined
}
