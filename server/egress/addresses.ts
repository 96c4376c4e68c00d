import { BlockList, isIP } from 'node:net'
import { AppError } from '#runtime/sdk/index.ts'

// What is not the public internet (IANA special-purpose address registries).
const PRIVATE_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
const PRIVATE_6 = [
  '::/128',
  '::1/128',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]

/** Adds an address or a range (`10.1.0.0/16`, `::1`); false where it is neither. */
export function addRange(list: BlockList, range: string): boolean {
  const [net = '', bits, ...more] = range.split('/')
  const family = isIP(net)
  const width = family === 6 ? 128 : 32
  const prefix = bits === undefined ? width : /^\d{1,3}$/.test(bits) ? Number(bits) : -1
  if (family === 0 || more.length > 0 || prefix < 0 || prefix > width) return false
  list.addSubnet(net, prefix, family === 6 ? 'ipv6' : 'ipv4')
  return true
}

const notPublic = new BlockList()
for (const range of [...PRIVATE_4, ...PRIVATE_6]) addRange(notPublic, range)

/** Whether an IP address (as text, no name) may be connected to. */
export type Allows = (address: string) => boolean

/** A setting with addresses and ranges, by commas. @throws AppError `setting-invalid` */
export function rangesOf(name: string, setting: string | undefined): BlockList {
  const list = new BlockList()
  for (const range of (setting ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')) {
    if (addRange(list, range)) continue
    const detail = `"${range}" is no address or range. Write for example 10.1.0.0/16 or 127.0.0.1, several by commas.`
    throw new AppError('setting-invalid', { name, value: setting ?? '', detail })
  }
  return list
}

/**
 * The rule of `ALIMFLOW_ALLOW_PRIVATE_HTTP`: addresses and ranges, by commas (`127.0.0.0/8, ::1`), that may be reached besides the public
 * internet. Throws `setting-invalid`.
 */
export function allowedAddresses(setting: string | undefined): Allows {
  const allowed = rangesOf('ALIMFLOW_ALLOW_PRIVATE_HTTP', setting)
  return (address) => {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    // An IPv4 address in IPv6 clothes (::ffff:127.0.0.1) is judged as what it is: BlockList does so for IPv4 rules.
    return isIP(address) !== 0 && (allowed.check(address, family) || !notPublic.check(address, family))
  }
}
