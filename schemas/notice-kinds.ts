/** What somebody is told about. The order is the one in which settings list them. */
export const NOTICE_KINDS = [
  'paused',
  'failed',
  'waiting',
  'late',
  'unconfirmed',
  'failure-rate',
  'connection',
  'worker',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** `dismissed`: seen by a person; it opens again only when it happens again. `resolved`: the trouble ended. */
export const NOTICE_STATES = ['open', 'dismissed', 'resolved'] as const
export type NoticeState = (typeof NOTICE_STATES)[number]

/** Ways out of the product. */
export const NOTICE_WAYS = ['webhook', 'email'] as const
export type NoticeWay = (typeof NOTICE_WAYS)[number]
