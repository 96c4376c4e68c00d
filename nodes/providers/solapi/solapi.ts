import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { defineProvider, limitSettings } from '#runtime/sdk/index.ts'
import { createRequest } from './client.ts'
import { solapiErrors } from './errors.ts'
import { solapiSession } from './session.ts'

/** The vendor's documentation: 100 requests in 5 seconds, over all of an account's keys. */
const CALLS = { count: 100, perMs: 5000 } as const

/** SOLAPI (CoolSMS): Alimtalk, SMS and LMS. Facts and limits: the vendor's API documentation, messages/v4. */
export default defineProvider({
  kind: 'solapi',
  title: { en: 'SOLAPI (CoolSMS)', ko: 'SOLAPI (쿨에스엠에스)' },
  help: {
    en: 'Needs an API key with its secret, and a sender number that is registered there.',
    ko: 'API 키와 시크릿, SOLAPI에 등록한 발신번호가 필요해요.',
  },
  channels: ['alimtalk', 'sms'],
  settings: Type.Object(
    {
      from: Type.String({
        pattern: '^\\d{8,12}$',
        ...field({
          title: { en: 'Sender number', ko: '발신번호' },
          help: { en: 'Digits only, registered at SOLAPI', ko: 'SOLAPI에 등록한 번호, 숫자만' },
          placeholder: { en: '0212345678', ko: '0212345678' },
        }),
      }),
      baseUrl: Type.Optional(
        Type.String({
          pattern: '^https?://',
          default: 'https://api.solapi.com',
          ...field({ title: { en: 'API address', ko: 'API 주소' } }, { advanced: true }),
        }),
      ),
      ...limitSettings({ calls: CALLS }),
    },
    { additionalProperties: false },
  ),
  secrets: Type.Object(
    {
      apiKey: Type.String({ minLength: 1, maxLength: 100, ...field({ title: { en: 'API key', ko: 'API 키' } }) }),
      apiSecret: Type.String({ minLength: 1, maxLength: 200, ...field({ title: { en: 'API secret', ko: 'API 시크릿' } }) }),
    },
    { additionalProperties: false },
  ),
  // Making a group, adding the messages and sending it are three requests.
  limits: { batch: 1000, timeoutMs: 20_000, calls: CALLS, requestsPerSlice: 3, listingLagMs: 20_000 },
  errors: solapiErrors,
  open({ settings, secrets }, { http }) {
    const account = {
      baseUrl: settings.baseUrl ?? 'https://api.solapi.com',
      apiKey: secrets.apiKey,
      apiSecret: secrets.apiSecret,
    }
    return solapiSession(createRequest(account, http), settings.from)
  },
})
