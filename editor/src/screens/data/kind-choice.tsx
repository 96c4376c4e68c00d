import { IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ConnectionKind } from '#schemas/connection.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { ChannelNames } from './channel-names.tsx'
import { KindSign } from './kind-sign.tsx'
import styles from './kind-choice.module.css'

/** The kinds of connections that can be made, by what they are for. */
export function KindChoice({ kinds }: { kinds: readonly ConnectionKind[] }) {
  const { t } = useTranslation()
  return (
    <>
      {(['database', 'service', 'provider'] as const).map((role) => (
        <section key={role} className={styles.part} aria-labelledby={`kinds-${role}`}>
          <h2 id={`kinds-${role}`}>{t(`data.choose.${role}`)}</h2>
          <ul className={styles.kinds}>
            {kinds
              .filter((kind) => kind.role === role)
              .map((kind) => (
                <li key={kind.kind}>
                  <Kind kind={kind} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Kind({ kind }: { kind: ConnectionKind }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const own = kind.kind === 'postgres' || kind.kind === 'mysql' ? t(`data.kind.${kind.kind}`) : undefined
  return (
    <Link to="/data/new" search={{ kind: kind.kind }} className={styles.kind}>
      <KindSign kind={kind.kind} role={kind.role} size={40} />
      <span className={styles.words}>
        <b>{kind.title[language]}</b>
        <span>{kind.help?.[language] ?? own}</span>
        {kind.channels.length > 0 && (
          <span>
            <ChannelNames channels={kind.channels} />
          </span>
        )}
      </span>
      <IconChevronRight size={18} aria-hidden />
    </Link>
  )
}
