import { queryOptions } from '@tanstack/react-query'
import type { NoticePage, NoticeSecret, NoticeSettings, NoticeSettingsChange, NoticeTestResult } from '#schemas/api/notices.ts'
import type { NoticeWay } from '#schemas/notice-kinds.ts'
import { api } from './client.ts'

/** What needs a person, open ones first, and how many are open. Key `['notices']`; the server looks every few seconds, so do we. */
export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: ({ signal }) => api.get<NoticePage>('/api/notices', { limit: 30 }, { signal }),
  refetchInterval: 5_000,
  staleTime: 2_000,
})

export const dismissNotice = (id: string) => api.post(`/api/notices/${encodeURIComponent(id)}/dismiss`)

/** Who is told outside, and how. Key `['settings', 'notices']`. */
export const noticeSettingsQuery = queryOptions({
  queryKey: ['settings', 'notices'],
  queryFn: ({ signal }) => api.get<NoticeSettings>('/api/settings/notices', undefined, { signal }),
})

export const changeNoticeSettings = (change: NoticeSettingsChange) => api.put<NoticeSettings>('/api/settings/notices', change)

/** Sends a test notice with what stands in the form, saved or not. */
export const testNotices = (way: NoticeWay, changes: NoticeSettingsChange) =>
  api.post<NoticeTestResult>('/api/settings/notices/test', { way, changes })

/** A new signing secret; the old one counts no more. */
export const makeWebhookSecret = () => api.post<NoticeSecret>('/api/settings/notices/secret')
