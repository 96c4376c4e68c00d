import type { ProviderType } from '#runtime/sdk/index.ts'

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** A file may bring a provider in place of a node type: it is one if it names the kind of its connections. */
export function looksLikeProvider(value: unknown): boolean {
  return isObject(value) && 'kind' in value && 'channels' in value
}

/** What keeps a value from being a provider, in a sentence for whoever wrote it; null: nothing. `taken`: kinds that exist already. */
export function faultOfProvider(value: unknown, taken: readonly string[]): string | null {
  // What was exported is looked at field by field; whatever is not there is the fault.
  const provider = value as Partial<ProviderType>
  const { kind, title, channels, limits } = provider
  if (typeof kind !== 'string' || !KEBAB.test(kind))
    return '`kind` must be a name like "my-service" (small letters, digits, hyphens).'
  if (taken.includes(kind)) return `There is a service of the kind "${kind}" already. Name this one differently.`
  if (!title?.en || !title.ko) return '`title` must have a text in `en` and in `ko`.'
  if (!Array.isArray(channels) || channels.length === 0) return '`channels` must name at least one channel, such as "sms".'
  if (!isObject(provider.settings) || !isObject(provider.secrets)) return '`settings` and `secrets` must be schemas.'
  if (!isObject(provider.errors)) return '`errors` must be the table of the service’s error codes (it may be empty).'
  if (typeof provider.open !== 'function') return '`open` must be a function.'
  if (!limits || !(limits.batch >= 1) || !(limits.timeoutMs >= 1))
    return '`limits` must say `batch` (messages per call) and `timeoutMs`.'
  return null
}
