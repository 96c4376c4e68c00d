import Type from 'typebox'
import { expect, test } from 'vitest'
import { field } from '#schemas/form.ts'
import { compileSchema } from '#runtime/json-schema.ts'
import { configProblems } from './config-problems.ts'
import { schemaErrors } from './schema-errors.ts'

const title = (en: string, ko: string) => field({ title: { en, ko } })

const Config = Type.Object(
  {
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 9, ...title('Count', '개수') })),
    more: Type.Optional(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 })),
    text: Type.Optional(Type.String({ minLength: 2, maxLength: 3, pattern: '^[a-z]*$' })),
    mail: Type.Optional(Type.String({ format: 'email' })),
    list: Type.Optional(Type.Array(Type.String(), { minItems: 2, maxItems: 3, uniqueItems: true })),
    some: Type.Optional(Type.Array(Type.String(), { minItems: 1, ...title('Some', '몇 가지') })),
    kind: Type.Optional(
      Type.Enum(['a', 'b'], {
        ...field({
          title: { en: 'Kind', ko: '종류' },
          options: { a: { en: 'first', ko: '첫째' }, b: { en: 'second', ko: '둘째' } },
        }),
      }),
    ),
    word: Type.Optional(Type.Union([Type.Literal('x'), Type.Literal('y')])),
    either: Type.Optional(
      Type.Union([
        Type.Object(
          { by: Type.Literal('column'), column: Type.String({ minLength: 1, ...title('Column', '열') }) },
          { additionalProperties: false },
        ),
        Type.Object(
          { by: Type.Literal('list'), list: Type.Array(Type.String(), title('List', '목록')) },
          { additionalProperties: false },
        ),
      ]),
    ),
    maybe: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    deep: Type.Optional(Type.Record(Type.String(), Type.Object({ column: Type.String(title('Column', '열')) }))),
  },
  { additionalProperties: false },
)

const check = compileSchema(Config)
const told = (value: unknown): [string, string, string][] =>
  schemaErrors(Config, check(value).errors).map(({ path, kind, text }) => [path, kind, text.en])

test.each<[unknown, [string, string, string][]]>([
  [{ count: 0 }, [['count', 'wrong', 'it must be at least 1']]],
  [{ count: 10 }, [['count', 'wrong', 'it must be at most 9']]],
  [{ count: 1.5 }, [['count', 'wrong', 'it must be a whole number']]],
  [{ more: 0 }, [['more', 'wrong', 'it must be more than 0']]],
  [{ more: 1 }, [['more', 'wrong', 'it must be less than 1']]],
  [{ text: 'a' }, [['text', 'wrong', 'it needs at least 2 characters']]],
  [{ text: 'abcd' }, [['text', 'wrong', 'at most 3 characters are possible']]],
  [{ text: 'AB' }, [['text', 'wrong', 'it does not have the right form']]],
  [{ mail: 'x' }, [['mail', 'wrong', 'it is not a valid email']]],
  [{ list: ['a'] }, [['list', 'wrong', 'at least 2 are needed']]],
  [{ list: ['a', 'b', 'c', 'd'] }, [['list', 'wrong', 'at most 3 are possible']]],
  [{ list: ['a', 'a'] }, [['list', 'wrong', 'the same is there twice']]],
  [{ some: [] }, [['some', 'missing', 'it is empty']]],
  [{ kind: 'c' }, [['kind', 'wrong', 'choose one of: first, second']]],
  [{ word: 'z' }, [['word', 'wrong', 'choose one of: x, y']]],
  [{ other: 1 }, [['other', 'unknown', 'there is no such field; remove it']]],
  [{ maybe: 3 }, [['maybe', 'wrong', 'it has none of the forms that are possible here']]],
  [{ deep: { 이름: {} } }, [['deep/이름/column', 'missing', 'it is missing']]],
  [{ deep: { 'a/b': { column: 1 } } }, [['deep/a/b/column', 'wrong', 'it must be a text']]],
  // Of the alternatives the one that was meant is told about, not all of them.
  [{ either: { by: 'column', column: '' } }, [['either/column', 'missing', 'it is empty']]],
  [{ either: { by: 'list' } }, [['either/list', 'missing', 'it is missing']]],
  [{ either: { by: 'magic' } }, [['either', 'wrong', 'it has none of the forms that are possible here']]],
  [
    { count: 0, kind: 'c' },
    [
      ['count', 'wrong', 'it must be at least 1'],
      ['kind', 'wrong', 'choose one of: first, second'],
    ],
  ],
  [3, [['', 'wrong', 'it must be an object']]],
])('%j', (value, expected) => expect(told(value)).toEqual(expected))

test('as problems of a node: the title of the form, in both languages; an unknown field can be removed', () => {
  const problems = (value: unknown) => configProblems('n', Config, check(value).errors)
  expect(problems({ either: { by: 'list' } })).toMatchObject([
    { code: 'config-missing', nodeId: 'n', field: 'either/list', fields: { field: { en: 'List', ko: '목록' } } },
  ])
  expect(problems({ count: 0 })).toMatchObject([
    { code: 'config-invalid', fields: { detail: { en: '“Count”: it must be at least 1.', ko: '‘개수’: 1 이상이어야 해요.' } } },
  ])
  expect(problems({ kind: 'c' })[0]?.fields?.detail).toMatchObject({ ko: '‘종류’: 다음 중 하나를 골라 주세요: 첫째, 둘째.' })
  expect(problems({ other: 1 })).toMatchObject([{ fix: { nodeId: 'n', config: { other: null } } }])
  expect(problems(3)).toMatchObject([{ fields: { detail: { en: 'It must be an object', ko: '객체여야 해요' } } }])
})
