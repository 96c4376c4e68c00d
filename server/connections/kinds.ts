import Type, { type Static } from 'typebox'
import type { ConnectionKind } from '#schemas/connection.ts'
import { field } from '#schemas/form.ts'
import { httpKind } from './http/http-kind.ts'

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

const advanced = { advanced: true } as const

/** How much a query may take; what nobody sets is good for most. */
const Limits = {
  poolSize: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 20,
      default: 4,
      ...field(
        {
          title: { en: 'Connections at once', ko: '동시에 쓰는 접속 수' },
          help: { en: 'For each process that reads', ko: '읽는 프로세스마다 이만큼까지 써요' },
        },
        advanced,
      ),
    }),
  ),
  queryTimeoutSeconds: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 600,
      default: 30,
      ...field(
        {
          title: { en: 'Longest query, in seconds', ko: '조회 제한 시간(초)' },
          help: { en: 'Previews and queries for variables', ko: '미리보기와 변수 조회에 써요' },
        },
        advanced,
      ),
    }),
  ),
  audienceTimeoutMinutes: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 1440,
      default: 0,
      ...field(
        {
          title: { en: 'Longest audience, in minutes', ko: '대상 조회 제한 시간(분)' },
          help: { en: '0: as long as it takes', ko: '0이면 끝날 때까지 기다려요' },
        },
        advanced,
      ),
    }),
  ),
  mostRows: Type.Optional(
    Type.Integer({
      minimum: 100,
      maximum: 1_000_000,
      default: 100_000,
      ...field(
        {
          title: { en: 'Most rows of a query', ko: '한 번에 받는 행 수' },
          help: { en: 'Audiences are read in parts, without this limit', ko: '대상은 나눠 읽어서 이 제한이 없어요' },
        },
        advanced,
      ),
    }),
  ),
}

/** What a look at its data while editing may take, and whether it may be shown again without asking. A run always asks. */
const Looks = {
  previewRows: Type.Optional(
    Type.Integer({
      minimum: 5,
      maximum: 100,
      default: 100,
      ...field(
        {
          title: { en: 'Most rows of a preview', ko: '미리보기에서 읽는 행 수' },
          help: {
            en: 'Of each list, while you edit. Runs read all',
            ko: '편집할 때 목록마다 이만큼까지 읽어요. 실행은 모두 읽어요',
          },
        },
        advanced,
      ),
    }),
  ),
  keepResults: Type.Optional(
    Type.Union(
      (['off', '5m', '30m', '1h', '24h'] as const).map((time) => Type.Literal(time)),
      {
        default: 'off',
        ...field(
          {
            title: { en: 'Show results of previews again', ko: '미리보기 결과 다시 쓰기' },
            help: {
              en: 'The same query is then not asked again while you edit. Kept in memory only. Runs always ask the database',
              ko: '편집하는 동안 같은 조회를 다시 하지 않아요. 메모리에만 두고, 실행은 늘 데이터베이스에 물어봐요',
            },
            options: {
              off: { en: 'Off: ask each time', ko: '끔: 늘 새로 조회' },
              '5m': { en: 'For 5 minutes', ko: '5분 동안' },
              '30m': { en: 'For 30 minutes', ko: '30분 동안' },
              '1h': { en: 'For an hour', ko: '1시간 동안' },
              '24h': { en: 'For a day', ko: '하루 동안' },
            },
          },
          advanced,
        ),
      },
    ),
  ),
}

const Certificate = {
  ca: Type.Optional(
    Type.String({
      maxLength: 20_000,
      ...field(
        {
          title: { en: 'Certificate of the authority (PEM)', ko: '인증 기관 인증서(PEM)' },
          help: { en: 'For a certificate that your company signed itself', ko: '회사에서 직접 서명한 인증서라면 넣어 주세요' },
          placeholder: { en: '-----BEGIN CERTIFICATE-----', ko: '-----BEGIN CERTIFICATE-----' },
        },
        { widget: 'multiline', when: { field: 'tls', is: 'verify' } },
      ),
    }),
  ),
  serverName: Type.Optional(
    Type.String({
      maxLength: 255,
      ...field(
        {
          title: { en: 'Name in the certificate', ko: '인증서의 서버 이름' },
          help: { en: 'Where it is not the host above', ko: '위의 주소와 다를 때만 적어 주세요' },
        },
        { when: { field: 'tls', is: 'verify' } },
      ),
    }),
  ),
}

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
      ...Certificate,
      timezone: Timezone,
      ...Limits,
      ...Looks,
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

/** Kinds of what is read; give them to `createRegistry` as `databases`. `embedded` is the sample shop beside the platform's own database. */
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
  httpKind,
]
