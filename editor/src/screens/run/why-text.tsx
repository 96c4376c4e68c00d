import { useTranslation } from 'react-i18next'
import type { MessageDetail } from '#schemas/message.ts'
import { formatMoney } from '#editor/parts/numbers.ts'
import { LengthMeter } from '#editor/parts/length-meter.tsx'
import { PhoneBubble } from '#editor/parts/phone-bubble.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './why-text.module.css'

const MEANT: ReadonlySet<string> = new Set([
  'failed',
  'skipped',
  'expired',
  'cancelled',
  'unconfirmed',
  'errored',
  'pending',
  'sending',
])

/** The exact text on a phone, with its length and what it cost. */
export function WhyText({ message }: { message: MessageDetail }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { parts, length, channel, cost } = message
  return (
    <section>
      <div className={styles.head}>
        <h3>{t(MEANT.has(message.state) ? 'run.why.textMeant' : 'run.why.text')}</h3>
        {length !== null && <LengthMeter length={length} />}
      </div>
      {parts === null ? (
        <p className={styles.none}>{t(message.erased === true ? 'run.why.erased.text' : 'run.why.noText')}</p>
      ) : (
        <PhoneBubble channel={channel ?? ''} parts={parts} />
      )}
      {cost !== null && (
        <p className={styles.none}>
          {t('run.why.cost')} {formatMoney(cost, language)}
        </p>
      )}
    </section>
  )
}
