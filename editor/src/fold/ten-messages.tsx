import { Button, Skeleton } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useChecks, useSession, useView } from '#editor/canvas/session-context.ts'
import { AudienceFigures } from '#editor/panel/message/audience-figures.tsx'
import type { AudienceWatch } from '#editor/panel/message/use-audience-check.ts'
import { PhoneBubble } from '#editor/parts/phone-bubble.tsx'
import type { AudienceChannel } from '#schemas/audience.ts'
import type { PreviewMessage } from '#schemas/preview.ts'
import { entryOf } from './fold-facts.ts'
import styles from './ten-messages.module.css'

interface TenMessagesProps {
  readonly messages: readonly PreviewMessage[]
  readonly watch: AudienceWatch
  readonly channel: AudienceChannel | null
}

/** What the first people would get, word for word: their names, and their messages one under the other; a name leads to its message. */
export function TenMessages({ messages, watch, channel }: TenMessagesProps) {
  const { t } = useTranslation()
  const session = useSession()
  const person = Math.min(
    useView((state) => state.person),
    messages.length - 1,
  )
  const phone = useRef<HTMLDivElement>(null)
  const asked = useRef(false)
  useEffect(() => {
    if (!asked.current) return
    const list = phone.current
    const bubble = list?.querySelector<HTMLElement>(`[data-place="${person}"]`)
    // Only the phone scrolls, not what is around it.
    if (bubble) list?.scrollTo({ top: bubble.offsetTop - 12, behavior: calm() ? 'auto' : 'smooth' })
  }, [person])
  const choose = (place: number) => {
    asked.current = true
    session.view.getState().set({ person: place })
  }
  return (
    <>
      <h2 className={styles.title}>{t('fold.messages.title')}</h2>
      <p className={styles.sub}>
        {messages.length === 0 ? t('fold.messages.soon') : t('fold.messages.text', { count: messages.length })}
      </p>
      {messages.length === 0 ? (
        <NoMessages />
      ) : (
        <div className={styles.pair}>
          <div className={styles.list}>
            <ul aria-label={t('fold.messages.list')}>
              {messages.map((message, place) => {
                const { title, line } = entryOf(message)
                return (
                  <li key={message.row}>
                    <button type="button" aria-current={place === person || undefined} onClick={() => choose(place)}>
                      <b>{title}</b>
                      <span>{line}</span>
                    </button>
                  </li>
                )
              })}
            </ul>
            <AudienceFigures watch={watch} channel={channel} />
          </div>
          <div
            ref={phone}
            className={styles.phone}
            data-channel={messages[0]?.channel}
            role="group"
            aria-label={t('parts.phone.label')}
            // It scrolls: whoever has no wheel must get into it.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
          >
            {messages.map((message, place) => (
              <article key={message.row} data-place={place} aria-label={entryOf(message).title}>
                <PhoneBubble
                  frame="bare"
                  channel={message.channel}
                  parts={message.parts}
                  values={message.variables}
                  missing={message.missing}
                />
                {message.error !== null && <p className={styles.error}>{message.error.message}</p>}
              </article>
            ))}
          </div>
        </div>
      )}
    </>
  )
}

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches

function NoMessages() {
  const { t } = useTranslation()
  const session = useSession()
  const previewing = useChecks((state) => state.previewing)
  const preview = useChecks((state) => state.preview)
  const failure = useChecks((state) => state.previewFailure)
  if (previewing)
    return (
      <div className={styles.pair} role="status" aria-busy="true" aria-label={t('fold.messages.soon')}>
        <div className={styles.waiting}>
          {Array.from({ length: 10 }, (_, place) => (
            <Skeleton key={place} height={40} radius={8} />
          ))}
        </div>
        <Skeleton height="100%" mih={420} radius={24} />
      </div>
    )
  return (
    <div className={styles.none}>
      <p>{failure?.message ?? (preview === null ? t('editor.message.notYet') : t('editor.message.nothing'))}</p>
      <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={session.askAnew}>
        {t('editor.message.show')}
      </Button>
    </div>
  )
}
