import type { NoticeSettings, NoticeSettingsChange } from '#schemas/api/notices.ts'

/** What the parts of the form share: the values with the changes that are not saved, and what is wrong with a field. */
export interface NoticeForm {
  readonly value: NoticeSettings
  readonly changes: NoticeSettingsChange
  readonly set: (change: NoticeSettingsChange) => void
  readonly fault: (path: string) => string | undefined
}
