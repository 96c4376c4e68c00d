import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing } from '#editor/parts/composition-guard.ts'
import { ListKeys } from '#editor/parts/list-keys.tsx'
import type { Position } from '#editor/model/change.ts'
import { mainOutput } from '#editor/model/ports.ts'
import { type Candidate, rankTypes } from '#editor/model/ranking.ts'
import { chooseType, labelOf } from '#editor/model/session.ts'
import type { PaletteAsk } from '#editor/model/view-store.ts'
import { typeOfNode } from '#editor/model/step-type.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { PaletteItem } from './palette-item.tsx'
import { PaletteSearch } from './palette-search.tsx'
import { useDocument, useSession, useView } from './session-context.ts'
import pick from '#editor/parts/pick-list.module.css'
import styles from './palette.module.css'

/** What can be added: what fits the open port first. Opens by `N`, by the button, by a wire dropped on empty canvas, by a line's +. */
export function Palette() {
  const ask = useView((state) => state.palette)
  // A new question begins with an empty search.
  return ask === null ? null : <OpenPalette key={`${ask.open?.nodeId}/${ask.open?.port}/${ask.edgeId}`} ask={ask} />
}

const WIDTH = 424
const HEIGHT = 514

/** Inside the canvas, whatever corner was asked for. */
function placeIn(box: DOMRect | undefined, at: Position | null): { left: number; top: number; maxHeight: number } {
  const width = box?.width ?? 1000
  const height = box?.height ?? 700
  const wanted = at === null || box === undefined ? { x: 14, y: 54 } : { x: at.x - box.left, y: at.y - box.top }
  const maxHeight = Math.min(HEIGHT, height - 28)
  return {
    left: Math.max(14, Math.min(wanted.x, width - WIDTH - 14)),
    top: Math.max(14, Math.min(wanted.y, height - maxHeight - 14)),
    maxHeight,
  }
}

function useCandidates(ask: PaletteAsk, query: string): readonly Candidate[] {
  const { types } = useSession()
  const language = useLanguage()
  const document = useDocument((state) => state.document)
  const selected = useDocument((state) => state.selectedNodes[0])
  return useMemo(() => {
    const edge = document.edges.find(({ id }) => id === ask.edgeId)
    // Neither wire nor line nor place: it goes on from the selected step.
    const port = selected === undefined || ask.position !== null ? null : mainOutput(document, types, selected)
    const after = selected === undefined || port === null ? null : { nodeId: selected, port, side: 'out' as const }
    const open = ask.open ?? (edge === undefined ? after : { nodeId: edge.source, port: edge.sourcePort, side: 'out' as const })
    const ranked = rankTypes({ document, types, open, query, language })
    // Without a search only what fits is shown; a search may also say that something does not fit here.
    return query.trim() === '' ? ranked.filter(({ fits }) => fits) : ranked
  }, [document, types, ask, query, language, selected])
}

function OpenPalette({ ask }: { ask: PaletteAsk }) {
  const session = useSession()
  const { t } = useTranslation()
  const listId = useId()
  const box = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [marked, setMarked] = useState(0)
  const [place, setPlace] = useState(() => placeIn(undefined, ask.at))
  const candidates = useCandidates(ask, query)
  const dragging = useView((state) => state.dragging !== null)
  useEffect(() => setPlace(placeIn(box.current?.parentElement?.getBoundingClientRect(), ask.at)), [ask])
  const choose = (candidate: Candidate | undefined) => {
    if (candidate?.fits) chooseType(session, candidate.type, ask)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setMarked((old) => Math.max(0, Math.min(candidates.length - 1, old + step)))
    else if (event.key === 'Enter') choose(candidates[marked])
    else if (event.key === 'Escape') session.view.getState().closePalette()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      ref={box}
      className={styles.palette}
      style={place}
      data-dragging={dragging}
      role="dialog"
      aria-label={t('editor.palette.name')}
      onKeyDown={onKeyDown}
    >
      <PaletteHead ask={ask} />
      <PaletteSearch
        value={query}
        onChange={(value) => {
          setQuery(value)
          setMarked(0)
        }}
        found={candidates.length}
        listId={listId}
        activeId={`${listId}-${marked}`}
      />
      <div className={`${pick.list} ${styles.list}`} role="listbox" id={listId} aria-label={t('editor.palette.name')}>
        {candidates.map((candidate, index) => (
          <PaletteItem
            key={candidate.type.type}
            id={`${listId}-${index}`}
            candidate={candidate}
            marked={index === marked}
            best={index === 0 && candidate.fits && ask.open !== null}
            onMark={() => setMarked(index)}
            onChoose={() => choose(candidate)}
          />
        ))}
        {candidates.length === 0 && <p className={styles.nothing}>{t('editor.palette.nothing', { query })}</p>}
      </div>
      <ListKeys hint={t('editor.palette.hint')} />
    </div>
  )
}

/** Says what the new step will be joined to. */
function PaletteHead({ ask }: { ask: PaletteAsk }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { types } = useSession()
  const document = useDocument((state) => state.document)
  const selected = useDocument((state) => state.selectedNodes[0])
  const edge = document.edges.find(({ id }) => id === ask.edgeId)
  const nodeId = ask.open?.nodeId ?? edge?.source ?? (ask.position === null ? selected : undefined)
  const node = document.nodes.find(({ id }) => id === nodeId)
  if (node === undefined) return <div className={styles.head}>{t('editor.palette.anywhere')}</div>
  const label = labelOf(node, types, language)
  const type = typeOfNode(types, node)
  const descriptor = ask.open === null ? undefined : type?.ports[ask.open.side][ask.open.port]
  const outputs = Object.keys(type?.ports.out ?? {}).filter((name) => name !== 'failed')
  const named = ask.open?.side === 'out' && (outputs.length > 1 || ask.open.port === 'failed')
  if (ask.open?.side === 'in') return <div className={styles.head}>{t('editor.palette.before', { label })}</div>
  return (
    <div className={styles.head}>
      {named ? t('editor.palette.ofStep', { label }) : t('editor.palette.after', { label })}
      {named && <b>{descriptor?.title?.[language] ?? ask.open?.port}</b>}
      {named && t('editor.palette.afterPort')}
    </div>
  )
}
