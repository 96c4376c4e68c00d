import Type from 'typebox'
import { defineNode, type Message, type TemplateContent } from '#runtime/sdk/index.ts'
import { contentProblems } from './message/content-problems.ts'
import { compileContent } from './message/content.ts'
import { bodyField, buttonsField, kakaoField, titleField } from './message/fields.ts'
import { variablePicker } from './message/variables.ts'

const Config = Type.Object(
  {
    text: bodyField({ en: 'Text', ko: '글' }),
    title: Type.Optional(titleField()),
    kakao: Type.Optional(kakaoField()),
    buttons: Type.Optional(buttonsField()),
  },
  { additionalProperties: false },
)

function contentOf(config: Type.Static<typeof Config>): TemplateContent {
  return {
    body: config.text,
    ...(config.title && { title: config.title }),
    ...(config.buttons && { buttons: config.buttons }),
    ...(config.kakao && { kakao: config.kakao }),
  }
}

/** Makes each row a message: the text with this person's values. */
export default defineNode({
  type: 'template',
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  title: { en: 'Text', ko: '템플릿' },
  help: {
    en: 'The text that people get. #{name} stands for a variable that “Fill variables” fills.',
    ko: '사람들이 받을 글이에요. #{이름} 자리에는 ‘변수 채우기’에서 정한 값이 들어가요.',
  },
  icon: 'template',
  keywords: ['template', 'text', 'message', '글', '템플릿', '메시지', '내용'],
  ports: { in: { rows: 'rows' }, out: { messages: 'messages' } },
  config: Config,
  defaults: { text: '' },
  summary(config) {
    const first = config.text.trim().split('\n')[0] ?? ''
    if (first === '') return { en: 'No text yet', ko: '아직 글이 없어요' }
    const short = [...first].length > 28 ? `${[...first].slice(0, 27).join('')}…` : first
    return { en: short, ko: short }
  },
  text: contentOf,
  columns(config, inputs) {
    const columns = inputs.rows ?? []
    return {
      out: { messages: columns },
      problems: contentProblems(contentOf(config), columns, 'text'),
      form: config.kakao ? 'kakao' : 'text',
    }
  },
  open(config, context) {
    const content = compileContent(contentOf(config))
    const pick = variablePicker(context.inputs.rows ?? [], content.variables)
    return {
      process(batch) {
        const messages = batch.map((row): Message => {
          const variables = pick(row)
          const message = { row, template: context.template, variables, parts: content.parts(variables) }
          return config.kakao ? { ...message, kakao: config.kakao } : message
        })
        return { messages }
      },
    }
  },
  examples: [
    {
      config: { text: '#{이름}님, 안녕하세요' },
      columns: [{ name: '이름', type: 'text', variable: true }],
      in: [{ 이름: '김서연' }, { 이름: '$& #{이름}' }],
      out: { messages: [{ body: '김서연님, 안녕하세요' }, { body: '$& #{이름}님, 안녕하세요' }] },
    },
  ],
})
