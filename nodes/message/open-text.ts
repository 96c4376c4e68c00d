import type { Message, NodeContext, Row, TemplateContent } from '#runtime/sdk/index.ts'
import { compileContent } from './content.ts'
import { variablePicker } from './variables.ts'

type Text = Pick<Message, 'parts' | 'variables' | 'kakao'>

const isMessage = (item: Message | Row): item is Message =>
  'row' in item && 'parts' in item && typeof item.parts === 'object' && item.parts !== null

/** The text of what comes into a channel: its own one, rendered from the row; else the one that comes with the message. */
export function openText(own: TemplateContent | null, context: NodeContext): (item: Message | Row) => Text {
  if (!own) {
    return (item) => {
      if (isMessage(item)) return item
      throw new Error('a row without a text came to a channel that has none of its own')
    }
  }
  const content = compileContent(own)
  const pick = variablePicker(context.inputs.messages ?? [], content.variables)
  return (item) => {
    const variables = pick(isMessage(item) ? item.row : item)
    const text: Text = { parts: content.parts(variables), variables }
    const kakao = own.kakao ?? (isMessage(item) ? item.kakao : undefined)
    return kakao ? { ...text, kakao } : text
  }
}
