import type { NoticeItem } from '#schemas/api/notices.ts'
import type { Attention } from './attention.ts'

/** What no notice tells: the same is not on the screen twice, and what was dismissed stays away. */
export function withoutTold(needs: readonly Attention[], notices: readonly NoticeItem[]): Attention[] {
  const told = notices.filter(({ state }) => state !== 'resolved')
  return needs.filter(
    (need) =>
      !told.some((notice) => {
        if (need.kind === 'missed') return notice.kind === 'late' && notice.workflowId === need.workflowId
        if (need.kind === 'connection') return notice.kind === 'connection' && notice.connectionId === need.connectionId
        return need.kind === notice.kind && 'runId' in need && notice.runId === need.runId
      }),
  )
}
