import Type, { type Static } from 'typebox'
import { field } from '#schemas/form.ts'
import { TYPES, type PayloadType } from '../event/payload-fields.ts'

/** `usual`: what it is called where nothing is said. */
const name = (title: { en: string; ko: string }, usual: string) =>
  Type.Optional(Type.String({ maxLength: 100, ...field({ title, ...(usual && { placeholder: { en: usual, ko: usual } }) }) }))
const size = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 10_000, ...field({ title: { en: 'Items a page', ko: '한 쪽의 항목 수' } }) }),
)
const way = <By extends string>(by: By, title: { en: string; ko: string }, fields: Record<string, Type.TSchema> = {}) =>
  Type.Object({ by: Type.Literal(by), ...fields }, { additionalProperties: false, ...field({ title }) })

/** How the next page is asked for. */
const Paging = Type.Union(
  [
    way('none', { en: 'One answer has all', ko: '한 번에 모두 와요' }),
    Type.Object(
      {
        by: Type.Literal('page'),
        parameter: name({ en: 'Parameter with the number', ko: '쪽 번호 매개변수' }, 'page'),
        first: Type.Optional(
          Type.Integer({
            ...field({ title: { en: 'Number of the first page', ko: '첫 쪽의 번호' }, placeholder: { en: '1', ko: '1' } }),
          }),
        ),
        sizeParameter: name({ en: 'Parameter with the size', ko: '항목 수 매개변수' }, ''),
        size,
      },
      { additionalProperties: false, ...field({ title: { en: 'By page number', ko: '쪽 번호' } }) },
    ),
    Type.Object(
      {
        by: Type.Literal('offset'),
        parameter: name({ en: 'Parameter with the offset', ko: '건너뛸 수 매개변수' }, 'offset'),
        sizeParameter: name({ en: 'Parameter with the size', ko: '항목 수 매개변수' }, 'limit'),
        size,
      },
      { additionalProperties: false, ...field({ title: { en: 'By offset', ko: '건너뛸 수' } }) },
    ),
    Type.Object(
      {
        by: Type.Literal('cursor'),
        pointer: Type.String({
          maxLength: 500,
          ...field({
            title: { en: 'Where the cursor stands', ko: '커서가 있는 자리' },
            placeholder: { en: '/next', ko: '/next' },
          }),
        }),
        parameter: name({ en: 'Parameter for it', ko: '커서를 넣을 매개변수' }, 'cursor'),
      },
      { additionalProperties: false, ...field({ title: { en: 'By a cursor in the answer', ko: '답에 있는 커서' } }) },
    ),
    way('link', { en: 'By the Link header', ko: 'Link 헤더' }),
  ],
  field({ title: { en: 'More pages', ko: '다음 쪽' } }),
)
export type Paging = Static<typeof Paging>

const ListedColumn = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, ...field({ title: { en: 'Name', ko: '이름' } }) }),
    // The keys of that table.
    type: Type.Enum(Object.keys(TYPES) as PayloadType[], { ...field({ title: { en: 'Kind', ko: '종류' }, options: TYPES }) }),
    pointer: Type.Optional(
      Type.String({
        maxLength: 500,
        ...field(
          {
            title: { en: 'Where it stands', ko: '들어 있는 자리' },
            help: { en: 'Such as /address/city; empty: under its name', ko: '예: /address/city. 비우면 이름 그대로예요' },
          },
          { advanced: true },
        ),
      }),
    ),
  },
  { additionalProperties: false },
)
export type ListedColumn = Static<typeof ListedColumn>

const limit = (title: { en: string; ko: string }, [fallback, maximum]: readonly [number, number]) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum, default: fallback, ...field({ title }, { advanced: true }) }))

export const LIMITS = { pages: 1000, megabytes: 200, minutes: 10 } as const

export const Config = Type.Object(
  {
    connection: Type.String({
      minLength: 1,
      maxLength: 100,
      ...field({ title: { en: 'Service', ko: '서비스' } }, { widget: 'connection', connection: { role: 'service' } }),
    }),
    path: Type.String({
      maxLength: 2000,
      ...field({
        title: { en: 'Path', ko: '경로' },
        help: { en: 'Behind the address of the connection', ko: '연결의 주소 뒤에 붙어요' },
        placeholder: { en: '/customers?active=true', ko: '/customers?active=true' },
      }),
    }),
    pointer: Type.Optional(
      Type.String({
        maxLength: 500,
        pattern: '^(/.*)?$',
        ...field({
          title: { en: 'Where the list stands', ko: '목록이 있는 자리' },
          help: {
            en: 'A JSON pointer such as /data/items; empty: the answer is the list',
            ko: '/data/items처럼 적어요. 답 자체가 목록이면 비워 두세요',
          },
        }),
      }),
    ),
    columns: Type.Optional(
      Type.Array(ListedColumn, {
        maxItems: 200,
        ...field({
          title: { en: 'Columns', ko: '열' },
          help: { en: 'Empty: guessed from the first page', ko: '비워 두면 첫 쪽을 보고 정해요' },
        }),
      }),
    ),
    paging: Type.Optional(Paging),
    method: Type.Optional(
      Type.Enum(['GET', 'POST'], {
        default: 'GET',
        ...field(
          {
            title: { en: 'Method', ko: '방법' },
            help: { en: 'POST is asked in runs only', ko: 'POST는 실행할 때만 불러요' },
            options: { GET: { en: 'GET', ko: 'GET' }, POST: { en: 'POST with JSON', ko: 'POST(JSON)' } },
          },
          { advanced: true },
        ),
      }),
    ),
    body: Type.Optional(
      Type.String({
        maxLength: 100_000,
        ...field(
          { title: { en: 'Body (JSON)', ko: '본문(JSON)' } },
          { widget: 'multiline', when: { field: 'method', is: 'POST' } },
        ),
      }),
    ),
    maxPages: limit({ en: 'Most pages', ko: '최대 쪽수' }, [LIMITS.pages, 100_000]),
    maxMegabytes: limit({ en: 'Most megabytes', ko: '최대 메가바이트' }, [LIMITS.megabytes, 10_000]),
    maxMinutes: limit({ en: 'Most minutes', ko: '최대 시간(분)' }, [LIMITS.minutes, 120]),
  },
  { additionalProperties: false },
)
export type Config = Static<typeof Config>
