import type { KnownConnection } from '#runtime/sdk/index.ts'

/** What every channel to phones is set to. */
interface PhoneConfig {
  readonly connection: string
  readonly address: string
  readonly expiresAfter: number
  readonly template?: unknown
}

/** Messages in; those that were sent, and those that the channel could not deliver, out. */
export const phonePorts = {
  in: { messages: 'messages' },
  out: {
    sent: { kind: 'messages', title: { en: 'sent', ko: '보냄' } },
    undelivered: { kind: 'messages', title: { en: 'undelivered', ko: '못 받음' } },
  },
} as const

export const phoneDefaults = { connection: 'sandbox', address: '', expiresAfter: 1440 } as const

/** What the config of a channel to phones says of its messages; `name` and `open` are the channel's own. */
export const phoneChannel = {
  addressKind: 'phone',
  address: ({ address }: PhoneConfig) => address,
  connection: ({ connection }: PhoneConfig) => connection,
  expiresAfter: ({ expiresAfter }: PhoneConfig) => expiresAfter,
  ownText: ({ template }: PhoneConfig) => template !== undefined,
} as const

/** The connection's name, or what the config calls it where there is none. */
export const connectionName = ({ connection }: PhoneConfig, known: { connection(id: string): KnownConnection | null }): string =>
  known.connection(connection)?.name ?? connection
