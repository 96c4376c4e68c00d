import { useTranslation } from 'react-i18next'

const names: ReadonlyMap<string, 'optedOut' | 'duplicate' | 'badAddress'> = new Map([
  ['opted-out', 'optedOut'],
  ['duplicate', 'duplicate'],
  ['bad-address', 'badAddress'],
])

/** Why people are left out, in a word or two; a reason of a plugin is shown as it calls itself. */
export function useReasonName(): (code: string) => string {
  const { t } = useTranslation()
  return (code) => {
    const name = names.get(code)
    return name === undefined ? code : t(`run.excluded.${name}`)
  }
}
