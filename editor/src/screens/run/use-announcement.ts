import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { isRunState } from '#editor/parts/state-tones.ts'
import { progressOf } from './run-facts.ts'

/** Screen readers hear at once that the state changed, and the figures no more often than this. */
const PAUSE_MS = 10_000

/** The sentence that a screen reader should say about the run now. */
export function useAnnouncement(run: Run): string {
  const { t } = useTranslation()
  const { done, toSend } = progressOf(run)
  // Whom a cancelled run did not reach is settled, and not what anybody would call done.
  const sent = done - (run.outcomes.cancelled ?? 0)
  const state = isRunState(run.state) ? t(`states.run.${run.state}`) : run.state
  const sentence = toSend === null ? state : t('run.announce', { state, done: sent, toSend })
  const [said, setSaid] = useState({ state: run.state, sentence, at: 0 })
  useEffect(() => {
    if (sentence === said.sentence) return
    const wait = run.state === said.state ? Math.max(0, said.at + PAUSE_MS - Date.now()) : 0
    const timer = setTimeout(() => setSaid({ state: run.state, sentence, at: Date.now() }), wait)
    return () => clearTimeout(timer)
  }, [sentence, run.state, said])
  return said.sentence
}
