import { useTranslation } from 'react-i18next'
import { useDocument, useSession } from '#editor/canvas/session-context.ts'
import { labelOf } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './editor-screen.module.css'

/** Through whom it goes out: the sandbox, or somebody real. */
export function RunThrough() {
  const { t } = useTranslation()
  const session = useSession()
  const language = useLanguage()
  const nodes = useDocument((state) => state.document.nodes)
  const channels = nodes.filter(({ type }) => session.types.get(type)?.role === 'channel')
  if (channels.length === 0) return <p>{t('editor.run.noChannel')}</p>
  return (
    <ul>
      {channels.map((node) => {
        const connection = session.connections.find(({ id }) => id === node.config.connection)
        const real = connection !== undefined && connection.kind !== 'sandbox'
        const words =
          connection === undefined
            ? t('editor.run.noProvider')
            : real
              ? t('editor.run.real', { name: connection.name })
              : t('editor.run.sandbox')
        return (
          <li key={node.id} className={real ? styles.real : undefined}>
            <b>{labelOf(node, session.types, language)}</b> · {words}
          </li>
        )
      })}
    </ul>
  )
}
