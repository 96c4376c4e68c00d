import { IconDatabase, IconFlask, IconMessage2, IconWorld, type TablerIcon } from '@tabler/icons-react'
import type { ConnectionKind } from '#schemas/connection.ts'
import type { NodeRole } from '#schemas/node.ts'

/** The icon of a kind of connection, and the role whose colour it takes: sources are blue, what sends is green. */
export function lookOf({ kind, role }: Pick<ConnectionKind, 'kind' | 'role'>): { icon: TablerIcon; tone: NodeRole } {
  if (kind === 'sandbox') return { icon: IconFlask, tone: 'channel' }
  if (role === 'service') return { icon: IconWorld, tone: 'source' }
  return role === 'database' ? { icon: IconDatabase, tone: 'source' } : { icon: IconMessage2, tone: 'channel' }
}

const channels = ['alimtalk', 'sms', 'email', 'push'] as const
export type KnownChannel = (typeof channels)[number]

/** Has the product a word of its own for this channel? */
export function isKnownChannel(channel: string): channel is KnownChannel {
  return channels.some((known) => known === channel)
}
