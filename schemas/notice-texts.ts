import { fillText, type Language, type Localized, type TextFields } from './localized.ts'

/** What a notice says: what happened, and what to do. `{…Minutes}` is said as a time, other numbers are grouped. */
interface NoticeText {
  readonly title: Localized
  readonly advice: Localized
}

/** Texts of all notices. Names of workflows and connections, numbers and counts only: nothing of a recipient ever gets in. */
export const noticeTexts = {
  'run-paused': {
    title: { en: '{workflow} #{run} has stopped', ko: '{workflow} #{run} 발송이 멈췄어요' },
    advice: {
      en: 'Mend what the reason says, then press Resume on the run page. Nobody gets a message twice.',
      ko: '이유에 나온 것을 고친 뒤 실행 화면에서 ‘이어서 보내기’를 누르세요. 두 번 받는 사람은 없어요.',
    },
  },
  'run-failed': {
    title: { en: '{workflow} #{run} failed', ko: '{workflow} #{run} 실행이 실패했어요' },
    advice: {
      en: 'See the reason on the run page, mend it and run the workflow again.',
      ko: '실행 화면에서 이유를 확인하고 고친 뒤 다시 실행해 주세요.',
    },
  },
  'run-waits-approval': {
    title: { en: '{workflow} #{run} waits for approval', ko: '{workflow} #{run} 실행이 승인을 기다려요' },
    advice: {
      en: 'Nothing was sent yet. Check who would get it on the run page, then approve or cancel.',
      ko: '아직 아무것도 보내지 않았어요. 실행 화면에서 받는 사람을 확인하고 승인하거나 취소해 주세요.',
    },
  },
  'run-waits-long': {
    title: { en: '{workflow} #{run} has waited for {waitedMinutes}', ko: '{workflow} #{run} 실행이 {waitedMinutes}째 기다려요' },
    advice: {
      en: 'See on the run page what it waits for; cancel it if it is no longer wanted.',
      ko: '실행 화면에서 무엇을 기다리는지 확인하고, 더 필요 없으면 취소해 주세요.',
    },
  },
  'run-late': {
    title: {
      en: '{workflow} #{run} is not done after {tookMinutes}',
      ko: '{workflow} #{run} 실행이 {tookMinutes}째 끝나지 않았어요',
    },
    advice: {
      en: 'See on the run page what slows it down. A limit of the provider is the usual cause; a run that stands still wants a look at the worker.',
      ko: '실행 화면에서 무엇 때문에 느린지 확인해 주세요. 보통은 발송 업체의 속도 제한이고, 아예 멈춰 있으면 워커를 확인해야 해요.',
    },
  },
  'schedule-missed': {
    title: { en: '{workflow} missed its time', ko: '{workflow} 예약 시각을 놓쳤어요' },
    advice: {
      en: 'Nothing was running at that time, so it was not sent. Decide whether it is still wanted.',
      ko: '그 시각에 서버가 꺼져 있어서 보내지 않았어요. 지금이라도 보낼지 정해 주세요.',
    },
  },
  'schedule-skipped': {
    title: {
      en: '{workflow} did not start: the run before still sends',
      ko: '{workflow} 앞 실행이 끝나지 않아서 이번에는 시작하지 않았어요',
    },
    advice: {
      en: 'Look at the run before: it may be paused or waiting for you. Run it by hand if it is still wanted.',
      ko: '앞 실행이 멈춰 있거나 확인을 기다리는지 봐 주세요. 아직 필요하면 직접 실행해 주세요.',
    },
  },
  'schedule-overdue': {
    title: { en: '{workflow} should have started by now', ko: '{workflow} 예약 시각이 지났는데 시작되지 않았어요' },
    advice: {
      en: 'It starts late as soon as a worker runs, and is skipped after 10 minutes. Check that the worker is running, or run it by hand.',
      ko: '워커가 켜지면 늦게라도 시작하지만 10분이 지나면 건너뛰어요. 워커가 켜져 있는지 확인하거나 직접 실행해 주세요.',
    },
  },
  'messages-unconfirmed': {
    title: {
      en: '{workflow} #{run}: {count} messages could not be confirmed',
      ko: '{workflow} #{run}: 확인하지 못한 메시지 {count}건',
    },
    advice: {
      en: 'Whether they arrived cannot be told, so they were not sent again. Look at them on the run page and decide: mark as sent, or send again.',
      ko: '갔는지 알 수 없어서 다시 보내지 않았어요. 실행 화면에서 확인하고 ‘보낸 것으로’ 또는 ‘다시 보내기’를 골라 주세요.',
    },
  },
  'failure-rate': {
    title: { en: '{workflow} #{run}: {percent} % failed', ko: '{workflow} #{run}: {percent}%가 실패했어요' },
    advice: {
      en: '{failed} of {tried} messages failed, more than the {limit} % that are set. Filter "failed" on the run page for the reasons, mend them, then send again to those only.',
      ko: '{tried}건 가운데 {failed}건이 실패해서 정해 둔 {limit}%를 넘었어요. 실행 화면에서 ‘실패’만 골라 이유를 보고, 고친 뒤 그 사람들에게만 다시 보내세요.',
    },
  },
  'connection-broken': {
    title: { en: '{connection} does not work at the moment', ko: '{connection} 연결이 지금 되지 않아요' },
    advice: {
      en: 'Sending over it waits and is tried again by itself. If it lasts, check the connection and the status page of the provider.',
      ko: '이 연결로 보내는 메시지는 기다렸다가 저절로 다시 시도해요. 오래 걸리면 연결 설정과 업체의 장애 공지를 확인해 주세요.',
    },
  },
  'worker-gone': {
    title: { en: 'Worker {worker} on {host} is gone', ko: '{host}의 {worker}번 워커가 사라졌어요' },
    advice: {
      en: 'It ended without saying so. Its work goes on elsewhere if another worker runs; start it again if it does not come back.',
      ko: '알리지 않고 멈췄어요. 다른 워커가 있으면 하던 일을 이어받아요. 돌아오지 않으면 다시 켜 주세요.',
    },
  },
  'workers-none': {
    title: { en: 'No worker is running', ko: '켜져 있는 워커가 없어요' },
    advice: {
      en: 'Nothing is sent until one runs. Start Alimflow again, or start "alimflow worker" on a machine; the log says why the last one ended.',
      ko: '워커가 켜질 때까지 아무것도 보내지 않아요. Alimflow를 다시 시작하거나 ‘alimflow worker’를 켜 주세요. 왜 멈췄는지는 로그에 있어요.',
    },
  },
  'run-blocked': {
    title: { en: '{workflow} #{run}: no worker can do it', ko: '{workflow} #{run}: 이 실행을 할 수 있는 워커가 없어요' },
    advice: {
      en: 'A worker with the same plugins as the server goes on with it by itself. Give the workers the same plugin folder and start them again.',
      ko: '서버와 같은 플러그인을 가진 워커가 켜지면 저절로 이어서 해요. 워커에도 같은 플러그인 폴더를 두고 다시 시작해 주세요.',
    },
  },
  'notice-test': {
    title: { en: 'A test from Alimflow', ko: 'Alimflow 시험 알림이에요' },
    advice: {
      en: 'Somebody pressed the test button. There is nothing to do.',
      ko: '설정에서 시험 버튼을 눌렀어요. 할 일은 없어요.',
    },
  },
} as const satisfies Record<string, NoticeText>

export type NoticeCode = keyof typeof noticeTexts

/** Codes come back from the database as plain text; another version may have written them. */
export function isNoticeCode(code: string): code is NoticeCode {
  return Object.hasOwn(noticeTexts, code)
}

/** A length of time in words: minutes below two hours, then hours, then days; always rounded down. */
export function minutesText(minutes: number, language: Language): string {
  const [count, ko, en] =
    minutes < 120 ? [minutes, '분', 'min'] : minutes < 2880 ? [minutes / 60, '시간', 'h'] : [minutes / 1440, '일', 'days']
  const whole = Math.floor(count)
  return language === 'ko' ? `${whole}${ko}` : `${whole} ${en}`
}

/** What happened and what to do, in one language. An unknown code is shown as it is rather than hidden. */
export function noticeText(notice: { code: string; fields: TextFields }, language: Language): { title: string; advice: string } {
  if (!isNoticeCode(notice.code)) return { title: notice.code, advice: '' }
  const fields = Object.fromEntries(
    Object.entries(notice.fields).map(([name, value]) => {
      if (typeof value !== 'number') return [name, value]
      // `#12345` is a name, not a quantity.
      if (name === 'run' || name === 'worker') return [name, String(value)]
      return [name, name.endsWith('Minutes') ? minutesText(value, language) : value.toLocaleString('en')]
    }),
  )
  const { title, advice } = noticeTexts[notice.code]
  return { title: fillText(title[language], fields), advice: fillText(advice[language], fields) }
}
