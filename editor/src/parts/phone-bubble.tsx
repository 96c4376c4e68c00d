import { useTranslation } from 'react-i18next'
import type { Parts } from '#schemas/message.ts'
import { markText } from './marked-text.ts'
import styles from './phone-bubble.module.css'

interface PhoneBubbleProps {
  /** `alimtalk` gets Kakao's head and buttons, every other channel a plain text bubble. */
  readonly channel: string
  readonly parts: Parts
  /** Values by variable, to be marked in the text. */
  readonly values?: Readonly<Record<string, string>> | undefined
  /** Variables without a value: their holes are red whether or not they are still written in the text. */
  readonly missing?: readonly string[] | undefined
  /** `phone`: with the frame of a phone. `bare`: the bubble alone, for conversations on a background of their own. */
  readonly frame?: 'phone' | 'bare'
}

/** A message as it lies on the recipient's phone. */
export function PhoneBubble({ channel, parts, values, missing = [], frame = 'phone' }: PhoneBubbleProps) {
  const { t } = useTranslation()
  const alimtalk = channel === 'alimtalk'
  const buttons = parts.buttons ?? []
  const bubble = (
    <div className={styles.bubble} data-channel={channel}>
      {alimtalk && <div className={styles.head}>{t('parts.phone.alimtalk')}</div>}
      {parts.title !== undefined && parts.title !== '' && (
        <div className={alimtalk ? styles.emphasis : styles.subject}>
          <Marked text={parts.title} values={values} missing={missing} />
        </div>
      )}
      <div className={styles.body}>
        <Marked text={parts.body} values={values} missing={missing} />
      </div>
      {alimtalk && buttons.length > 0 && (
        <ul className={styles.buttons}>
          {buttons.map((button, place) => (
            <li key={place} title={button.linkMobile ?? button.linkPc}>
              <Marked text={button.name} values={values} missing={missing} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
  if (frame === 'bare') return bubble
  return (
    <div className={styles.phone} data-alimtalk={alimtalk || undefined} role="group" aria-label={t('parts.phone.label')}>
      {bubble}
    </div>
  )
}

interface MarkedProps {
  readonly text: string
  readonly values?: Readonly<Record<string, string>> | undefined
  readonly missing: readonly string[]
}

function Marked({ text, values, missing }: MarkedProps) {
  const { t } = useTranslation()
  return markText(text, values).map((piece, place) => {
    const name = piece.name ?? ''
    if (piece.kind === 'hole' || (piece.kind === 'value' && missing.includes(name))) {
      return (
        <mark key={place} className={styles.hole} title={t('parts.phone.hole', { name })}>
          {piece.text}
        </mark>
      )
    }
    if (piece.kind === 'value') {
      return (
        <mark key={place} className={styles.value} title={t('parts.phone.value', { name })}>
          {piece.text}
        </mark>
      )
    }
    // A link is only shown as one: opening a recipient's link would count as her click.
    if (piece.kind === 'link') return <u key={place}>{piece.text}</u>
    return <span key={place}>{piece.text}</span>
  })
}
