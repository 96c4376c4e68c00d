import type { Button } from '#schemas/message.ts'
import type { OutgoingMessage } from '#runtime/sdk/index.ts'

/** Our keys travel in `customFields`, whose values have at most 100 characters. */
export const KEY_FIELD = 'key'

function buttonOf(button: Button): Record<string, string> {
  return {
    buttonType: button.type,
    buttonName: button.name,
    ...(button.linkMobile !== undefined && { linkMo: button.linkMobile }),
    ...(button.linkPc !== undefined && { linkPc: button.linkPc }),
    ...(button.linkAndroid !== undefined && { linkAnd: button.linkAndroid }),
    ...(button.linkIos !== undefined && { linkIos: button.linkIos }),
  }
}

/**
 * One message in the vendor's form. Alimtalk carries variables (`#{name}` literally) and, so that nothing is sent twice, no fallback of
 * the vendor's: falling back is our own step, with its own text and record.
 */
export function toVendor(message: OutgoingMessage, from: string): Record<string, unknown> {
  const { composed, to, key } = message
  const common = { to, from, type: composed.kind, customFields: { [KEY_FIELD]: key } }
  if (composed.kind !== 'ATA') {
    return {
      ...common,
      text: composed.parts.body,
      ...(composed.kind === 'LMS' && composed.parts.title && { subject: composed.parts.title }),
    }
  }
  const variables = Object.fromEntries(Object.entries(composed.variables).map(([name, value]) => [`#{${name}}`, value]))
  const { buttons } = composed.parts
  return {
    ...common,
    kakaoOptions: {
      pfId: composed.kakao?.channelId,
      templateId: composed.kakao?.templateCode,
      variables,
      disableSms: true,
      ...(buttons && { buttons: buttons.map(buttonOf) }),
    },
  }
}
