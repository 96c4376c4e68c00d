import Type from 'typebox'
import { field } from '#schemas/form.ts'
import type { Allowance } from './provider.ts'

/** Calls at once of a connection that says nothing else. */
export const DEFAULT_CONCURRENCY = 4

const windowText = (perMs: number): { en: string; ko: string } =>
  perMs === 1000 ? { en: 'second', ko: '1초' } : { en: `${perMs / 1000} seconds`, ko: `${perMs / 1000}초` }

/**
 * Settings by which a connection lowers its provider's limits; the host reads them by these names. Spread them into `settings`.
 * `calls`: what the provider allows; without it the window is a second.
 * @example settings: Type.Object({ ...limitSettings({ calls: { count: 100, perMs: 5_000 } }) })
 */
export function limitSettings(limits: { calls?: Allowance } = {}) {
  const window = windowText(limits.calls?.perMs ?? 1000)
  return {
    concurrency: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 64,
        default: DEFAULT_CONCURRENCY,
        ...field({ title: { en: 'Calls at once', ko: '동시에 보내는 수' } }, { advanced: true }),
      }),
    ),
    callsPerWindow: Type.Optional(
      Type.Integer({
        minimum: 1,
        ...(limits.calls && { maximum: limits.calls.count }),
        ...field(
          {
            title: { en: `Calls per ${window.en}`, ko: `${window.ko}에 호출하는 수` },
            help: { en: 'Empty: as many as the provider allows', ko: '비워 두면 업체가 허용하는 만큼 보내요' },
          },
          { advanced: true },
        ),
      }),
    ),
    messagesPerSecond: Type.Optional(
      Type.Integer({
        minimum: 1,
        ...field(
          {
            title: { en: 'Messages per second', ko: '1초에 보내는 메시지 수' },
            help: { en: 'Empty: no limit of its own', ko: '비워 두면 따로 제한하지 않아요' },
          },
          { advanced: true },
        ),
      }),
    ),
    messagesPerDay: Type.Optional(
      Type.Integer({
        minimum: 1,
        ...field(
          {
            title: { en: 'Messages per day', ko: '하루에 보내는 메시지 수' },
            help: { en: 'What is left goes out the next day', ko: '남은 메시지는 다음 날 보내요' },
          },
          { advanced: true },
        ),
      }),
    ),
    reservedPercent: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 90,
        default: 10,
        ...field(
          {
            title: { en: 'Kept for single sends (%)', ko: '한 건씩 보내는 메시지를 위해 남겨 두는 비율(%)' },
            help: {
              en: 'Bulk sends use the rest of the limits above; single and test sends may use all of them',
              ko: '한꺼번에 보낼 때는 위 제한에서 이만큼을 빼고 써요. 한 건씩 보내기와 시험 발송은 전부 쓸 수 있어요',
            },
          },
          { advanced: true },
        ),
      }),
    ),
  }
}
