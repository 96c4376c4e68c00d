import Type from 'typebox'
import type { ConnectionKind } from '#schemas/connection.ts'
import { field } from '#schemas/form.ts'

const settingsSchema = Type.Object(
  {
    baseUrl: Type.String({
      minLength: 1,
      maxLength: 500,
      pattern: '^https?://[^\\s?#]+$',
      ...field({
        title: { en: 'Address', ko: '주소' },
        help: { en: 'What all paths begin with', ko: '모든 경로의 앞부분이에요' },
        placeholder: { en: 'https://api.example.com/v1', ko: 'https://api.example.com/v1' },
      }),
    }),
    header: Type.Optional(
      Type.String({
        maxLength: 100,
        pattern: '^[A-Za-z0-9-]*$',
        ...field(
          {
            title: { en: 'Header of the key', ko: '키를 넣을 헤더' },
            help: {
              en: 'Such as X-Api-Key; empty: Authorization with “Bearer”',
              ko: '예: X-Api-Key. 비우면 Authorization에 Bearer로 넣어요',
            },
          },
          { advanced: true },
        ),
      }),
    ),
    testPath: Type.Optional(
      Type.String({
        maxLength: 500,
        ...field(
          {
            title: { en: 'Path of the test', ko: '연결 시험에 쓸 경로' },
            help: { en: 'What the test asks for with GET', ko: '연결 시험을 누르면 GET으로 불러 봐요' },
          },
          { advanced: true },
        ),
      }),
    ),
  },
  { additionalProperties: false },
)

const secretsSchema = Type.Object(
  { key: Type.Optional(Type.String({ maxLength: 4000, ...field({ title: { en: 'Key or token', ko: '키 또는 토큰' } }) })) },
  { additionalProperties: false },
)

/** A service that gives people as JSON. */
export const httpKind: ConnectionKind = {
  kind: 'http',
  role: 'service',
  channels: [],
  title: { en: 'HTTP and JSON', ko: 'HTTP·JSON' },
  help: {
    en: 'Reads people from the API of a service of your own, or of another one.',
    ko: '우리 서비스나 다른 서비스의 API에서 받는 사람을 읽어요.',
  },
  settingsSchema,
  secretsSchema,
  limits: {},
  builtIn: false,
}
