import Type from 'typebox'
import type { ConnectionKind } from '#schemas/connection.ts'
import { field } from '#schemas/form.ts'

const timezone = Type.Optional(
  Type.String({
    maxLength: 64,
    ...field(
      {
        title: { en: 'Time zone', ko: '시간대' },
        help: {
          en: 'In which the database means “today”; the workspace’s if empty',
          ko: '데이터베이스의 ‘오늘’을 정해요. 비워 두면 작업 공간의 시간대를 써요',
        },
      },
      { widget: 'timezone', advanced: true },
    ),
  }),
)

const poolSize = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 32,
    default: 4,
    ...field({ title: { en: 'Connections at once', ko: '동시 연결 수' } }, { advanced: true }),
  }),
)

const server = (port: number) =>
  Type.Object(
    {
      host: Type.String({
        minLength: 1,
        maxLength: 255,
        ...field({ title: { en: 'Server', ko: '서버' }, placeholder: { en: 'db.example.com', ko: 'db.example.com' } }),
      }),
      port: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 65_535, default: port, ...field({ title: { en: 'Port', ko: '포트' } }) }),
      ),
      database: Type.String({ minLength: 1, maxLength: 100, ...field({ title: { en: 'Database', ko: '데이터베이스' } }) }),
      user: Type.String({
        minLength: 1,
        maxLength: 100,
        ...field({
          title: { en: 'Account', ko: '계정' },
          help: { en: 'A read-only one is best', ko: '읽기 전용 계정이 가장 좋아요' },
        }),
      }),
      tls: Type.Optional(
        Type.Enum(['off', 'on', 'verify'], {
          default: 'off',
          ...field({
            title: { en: 'Encryption (TLS)', ko: '암호화(TLS)' },
            options: {
              off: { en: 'off', ko: '끔' },
              on: { en: 'on', ko: '켬' },
              verify: { en: 'on, and check the certificate', ko: '켜고 인증서 확인' },
            },
          }),
        }),
      ),
      timezone,
      poolSize,
    },
    { additionalProperties: false },
  )

const password = Type.Object(
  { password: Type.Optional(Type.String({ maxLength: 1000, ...field({ title: { en: 'Password', ko: '비밀번호' } }) })) },
  { additionalProperties: false },
)

/** Settings as they were checked against the schemas below. */
export interface DatabaseSettings {
  host?: string
  port?: number
  database?: string
  user?: string
  tls?: 'off' | 'on' | 'verify'
  timezone?: string
  poolSize?: number
}

/** The kinds of databases that can be connected. */
export const databaseKinds: readonly ConnectionKind[] = [
  {
    kind: 'mysql',
    role: 'database',
    channels: [],
    title: { en: 'MySQL · MariaDB', ko: 'MySQL · MariaDB' },
    settingsSchema: server(3306),
    secretsSchema: password,
    limits: {},
    builtIn: false,
  },
  {
    kind: 'postgres',
    role: 'database',
    channels: [],
    title: { en: 'PostgreSQL', ko: 'PostgreSQL' },
    settingsSchema: server(5432),
    secretsSchema: password,
    limits: {},
    builtIn: false,
  },
  {
    kind: 'embedded',
    role: 'database',
    channels: [],
    title: { en: 'Sample shop', ko: '샘플 상점' },
    help: { en: 'Comes with Alimflow; read only.', ko: 'Alimflow에 들어 있는 예제예요. 읽기만 할 수 있어요.' },
    settingsSchema: Type.Object({ timezone, poolSize }, { additionalProperties: false }),
    secretsSchema: Type.Object({}, { additionalProperties: false }),
    limits: {},
    builtIn: true,
  },
]
