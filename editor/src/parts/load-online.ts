import i18next from 'i18next'
import { OfflineError } from '#editor/api/client.ts'

/** Code did not come although the server answers: a newer version has no file of the old name any more. */
export class GoneError extends Error {
  override readonly name = 'GoneError'
}

/**
 * Loads code, but only while the server answers: a browser that once asked for a module in vain gives the same failure to every later
 * question, so it must not ask before. What was not asked for can be asked for again.
 * @throws OfflineError nothing answers; GoneError only a new page helps
 */
export async function loadOnline<Code>(load: () => Promise<Code>): Promise<Code> {
  const answers = await fetch('/favicon.svg', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
  if (!answers) throw new OfflineError(i18next.t('parts.error.offline'))
  try {
    return await load()
  } catch (cause) {
    throw new GoneError(i18next.t('frame.unloaded.text'), { cause })
  }
}
