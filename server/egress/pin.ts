import { lookup } from 'node:dns/promises'
import type { Allows } from './addresses.ts'

/** Why a host cannot be connected to: `forbidden` is not on the public internet, `unknown` has no address. */
export class HostRefused extends Error {
  readonly why: 'forbidden' | 'unknown'

  constructor(why: 'forbidden' | 'unknown', message: string) {
    super(message)
    this.why = why
  }
}

/**
 * The address of a host for what does not speak HTTP (SMTP): resolved once and judged like those of the egress. Connect to exactly this
 * address, so that the name cannot change its answer in between. @throws HostRefused
 */
export async function pinHost(host: string, allows: Allows): Promise<{ address: string; family: number }> {
  const found = await lookup(host, { all: true }).catch((error: unknown) => {
    throw new HostRefused('unknown', error instanceof Error ? error.message : String(error))
  })
  const usable = found.find(({ address }) => allows(address))
  if (usable) return usable
  throw new HostRefused(
    'forbidden',
    `${host} is not on the public internet. An administrator can allow it with ALIMFLOW_ALLOW_PRIVATE_HTTP=<address or range>.`,
  )
}
