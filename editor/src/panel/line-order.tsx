import { ActionIcon, Input } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument, useSession } from '#editor/canvas/session-context.ts'
import { linesInto, movingLine } from '#editor/model/line-order.ts'
import { nodeById } from '#editor/model/graph-index.ts'
import { currentDocument, labelOf } from '#editor/model/session.ts'
import { Tile } from '#editor/parts/tile.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import marks from './marks-panel.module.css'
import styles from './panel.module.css'

/** Of a merge that appends lists: which of them is read first. Who is on two lists counts on the first. */
export function LineOrder({ nodeId }: { nodeId: string }) {
  const { t } = useTranslation()
  const session = useSession()
  const language = useLanguage()
  const list = useRef<HTMLOListElement>(null)
  const document = useDocument((state) => state.document)
  const lines = linesInto(document, nodeId)
  if (lines.length < 2) return null
  const labels = lines.map(({ source }) => {
    const node = nodeById(document, source)
    return node === undefined ? source : labelOf(node, session.types, language)
  })
  const move = (edgeId: string, place: number, by: 1 | -1) => {
    const change = movingLine(currentDocument(session), edgeId, by)
    if (change === null) return
    session.document.getState().change(change)
    // The button goes with its row; at an end it cannot be pressed again, and the other one has the focus.
    requestAnimationFrame(() => {
      const buttons = list.current?.children[place + by]?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')
      ;(by === 1 ? [...(buttons ?? [])].at(-1) : buttons?.[0])?.focus()
    })
  }
  return (
    <Input.Wrapper label={t('editor.order.title')} description={t('editor.order.help')} labelElement="div">
      <ol ref={list} className={marks.members} aria-label={t('editor.order.title')}>
        {lines.map(({ id, source }, place) => {
          const type = session.types.get(nodeById(document, source)?.type ?? '')
          const label = labels[place] ?? source
          return (
            <li key={id} className={styles.ordered}>
              <Tile role={type?.role ?? 'transform'} icon={type?.icon ?? 'puzzle'} size={28} />
              <b>{label}</b>
              <ActionIcon
                variant="default"
                size={26}
                disabled={place === 0}
                aria-label={t('editor.order.up', { label })}
                onClick={() => move(id, place, -1)}
              >
                <IconArrowUp size={15} />
              </ActionIcon>
              <ActionIcon
                variant="default"
                size={26}
                disabled={place === lines.length - 1}
                aria-label={t('editor.order.down', { label })}
                onClick={() => move(id, place, 1)}
              >
                <IconArrowDown size={15} />
              </ActionIcon>
            </li>
          )
        })}
      </ol>
    </Input.Wrapper>
  )
}
