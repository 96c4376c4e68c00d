import type { ConnectionInput, ConnectionKind } from '#schemas/connection.ts'
import { isTimeZone } from '#schemas/time-zone.ts'
import { schemaErrors } from '#runtime/compile/schema-errors.ts'
import { compileSchema } from '#runtime/json-schema.ts'
import { InvalidFields } from '#server/invalid-fields.ts'
import { isIP } from 'node:net'
import type { Language } from '#schemas/localized.ts'

/** A connection's input after its kind's schemas: defaults filled in, secrets complete. */
export interface CheckedInput {
  readonly name: string
  readonly kind: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
}

/**
 * Checks against the kind's own schemas. Left-out secrets keep their stored value, `null` removes one.
 * @throws InvalidFields with paths such as `settings/host`
 */
export function checkInput(
  input: ConnectionInput,
  {
    kinds,
    stored = {},
    language,
  }: { kinds: readonly ConnectionKind[]; stored?: Readonly<Record<string, string>>; language: Language },
): CheckedInput {
  const kind = kinds.find((one) => one.kind === input.kind && !one.builtIn)
  if (!kind) {
    const choices = kinds
      .filter(({ builtIn }) => !builtIn)
      .map((one) => one.kind)
      .join(', ')
    throw new InvalidFields([
      { path: 'kind', code: 'enum', message: language === 'ko' ? `이 중 하나여야 해요: ${choices}` : `One of: ${choices}` },
    ])
  }
  const merged: Record<string, string | null> = { ...stored, ...input.secrets }
  const secrets = Object.fromEntries(
    Object.entries(merged).filter((one): one is [string, string] => one[1] !== null && one[1] !== ''),
  )
  const settings = compileSchema(kind.settingsSchema)(input.settings)
  const faults = [
    ...schemaErrors(kind.settingsSchema, settings.errors).map(({ path, kind: code, text }) => ({
      path: `settings/${path}`,
      code,
      message: text[language],
    })),
    ...schemaErrors(kind.secretsSchema, compileSchema(kind.secretsSchema)(secrets).errors).map(({ path, kind: code, text }) => ({
      path: `secrets/${path}`,
      code,
      message: text[language],
    })),
  ]
  const { timezone } = input.settings
  if (typeof timezone === 'string' && !isTimeZone(timezone)) {
    faults.push({
      path: 'settings/timezone',
      code: 'wrong',
      message: language === 'ko' ? '없는 시간대예요. 예: Asia/Seoul' : 'There is no such time zone. Example: Asia/Seoul',
    })
  }
  const { tls, host, serverName = '' } = input.settings
  if (input.kind === 'mysql' && tls === 'verify' && typeof host === 'string' && isIP(host) !== 0 && serverName === '') {
    faults.push({
      path: 'settings/serverName',
      code: 'missing',
      message:
        language === 'ko'
          ? '주소가 숫자라서, 인증서에 적힌 서버 이름이 필요해요'
          : 'The host is a number: the name in the certificate is needed',
    })
  }
  if (faults.length > 0) throw new InvalidFields(faults)
  // The settings' schema is one of an object, and it fits.
  return { name: input.name, kind: input.kind, settings: settings.value as Record<string, unknown>, secrets }
}
