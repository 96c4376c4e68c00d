import { errorText } from '#schemas/errors.ts'
import type { Language } from '#schemas/localized.ts'
import { noticeText } from '#schemas/notice-texts.ts'
import type { DeliveredNotice } from './plan-deliveries.ts'

/** Path in the product where a notice is mended. */
export function linkOf(notice: Pick<DeliveredNotice, 'code' | 'runId' | 'workflowId' | 'connectionId'>): string | null {
  if (notice.runId !== null) return `/runs/${notice.runId}`
  // There it asks whether what was missed is still to be sent.
  if (notice.workflowId !== null && (notice.code === 'schedule-missed' || notice.code === 'schedule-skipped'))
    return `/workflows/${notice.workflowId}/runs`
  if (notice.workflowId !== null) return `/workflows/${notice.workflowId}`
  if (notice.connectionId !== null) return `/data/${notice.connectionId}`
  return null
}

/** A notice in words, for outside. */
export interface SaidNotice {
  readonly title: string
  /** What to do; of a trouble that ended: that it did. */
  readonly advice: string
  readonly url: string
}

const ENDED: Readonly<Record<Language, { mark: string; text: string }>> = {
  ko: { mark: '해결됨', text: '이 문제는 끝났어요. 할 일은 없어요.' },
  en: { mark: 'Resolved', text: 'This is over. There is nothing to do.' },
}
const WHY: Readonly<Record<Language, string>> = { ko: '이유', en: 'Reason' }

/** The sentences of a notice. Why a run stopped is said by its code's own text, with its holes closed: what fills them may quote data. */
export function say(notice: DeliveredNotice, { language, baseUrl }: { language: Language; baseUrl: string }): SaidNotice {
  const { title, advice } = noticeText(notice, language)
  const url = `${baseUrl}${linkOf(notice) ?? '/'}`
  if (notice.state === 'resolved') return { title: `${ENDED[language].mark}: ${title}`, advice: ENDED[language].text, url }
  const code = notice.fields['reason']
  const reason =
    typeof code === 'string' && code !== '' ? `${WHY[language]}: ${closed(errorText(code)[language])} (${code})\n` : ''
  return { title, advice: `${reason}${advice}`, url }
}

const closed = (text: string): string => text.replace(/\{\w+\}/g, '…')

/** The line that a message with several notices begins with, and subjects are made of. */
export function headline(said: readonly SaidNotice[], language: Language): string {
  const first = said[0]?.title ?? ''
  if (said.length <= 1) return first
  return language === 'ko' ? `알림 ${said.length}건: ${first}` : `${said.length} notices: ${first}`
}
