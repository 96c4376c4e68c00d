import Type, { type Static } from 'typebox'
import type { ConnectionKind } from '#schemas/connection.ts'
import { field } from '#schemas/form.ts'

const Tls = Type.Optional(
  Type.Union([Type.Literal('off'), Type.Literal('on'), Type.Literal('verify')], {
    default: 'off',
    ...field({
      title: { en: 'Encryption', ko: '암호화' },
      options: {
        off: { en: 'Off', ko: '쓰지 않음' },
        on: { en: 'On', ko: '사용' },
        verify: { en: 'On, certificate checked', ko: '사용, 인증서 확인' },
      },
    }),
  }),
)

const Timezone = Type.Optional(
  Type.String({
    default: 'Asia/Seoul',
    maxLength: 60,
    ...field(
      {
        title: { en: 'Time zone', ko: '시간대' },
        help: { en: 'What "today" means in the queries', ko: '조회문에서 ‘오늘’의 기준이 돼요' },
      },
      { widget: 'timezone', advanced: true },
    ),
  }),
)

const settingsWith = (port: number) =>
  Type.Object(
    {
      host: Type.String({
        minLength: 1,
        maxLength: 255,
        ...field({ title: { en: 'Host', ko: '주소' }, placeholder: { en: 'db.example.com', ko: 'db.example.com' } }),
      }),
      port: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 65_535, default: port, ...field({ title: { en: 'Port', ko: '포트' } }) }),
      ),
      database: Type.String({ minLength: 1, maxLength: 128, ...field({ title: { en: 'Database', ko: '데이터베이스 이름' } }) }),
      user: Type.String({
        minLength: 1,
        maxLength: 128,
        ...field({
          title: { en: 'Account', ko: '계정' },
          help: { en: 'Best one that can only read', ko: '읽기만 할 수 있는 계정이 가장 좋아요' },
        }),
      }),
      tls: Tls,
      timezone: Timezone,
    },
    { additionalProperties: false },
  )

export const PostgresConfig = settingsWith(5432)
export const MysqlConfig = settingsWith(3306)
export type DatabaseConfig = Static<typeof PostgresConfig>

export const DatabaseSecrets = Type.Object(
  { password: Type.Optional(Type.String({ maxLength: 500, ...field({ title: { en: 'Password', ko: '비밀번호' } }) })) },
  { additionalProperties: false },
)

const Nothing = Type.Object({}, { additionalProperties: false })

const database = (kind: string, title: ConnectionKind['title'], rest: Partial<ConnectionKind>): ConnectionKind => ({
  kind,
  role: 'database',
  channels: [],
  title,
  settingsSchema: Nothing,
  secretsSchema: Nothing,
  limits: {},
  builtIn: false,
  ...rest,
})

/** Kinds of databases; give them to `createRegistry` as `databases`. `embedded` is the sample shop beside the platform's own database. */
export const databaseKinds: readonly ConnectionKind[] = [
  database(
    'postgres',
    { en: 'PostgreSQL', ko: 'PostgreSQL' },
    { settingsSchema: PostgresConfig, secretsSchema: DatabaseSecrets },
  ),
  database(
    'mysql',
    { en: 'MySQL or MariaDB', ko: 'MySQL 또는 MariaDB' },
    { settingsSchema: MysqlConfig, secretsSchema: DatabaseSecrets },
  ),
  database('embedded', { en: 'Sample shop', ko: '샘플 가게' }, { builtIn: true }),
]
