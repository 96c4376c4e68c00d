import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument, useSession } from '#editor/canvas/session-context.ts'
import { nodeById } from '#editor/model/graph-index.ts'
import { type PortPlace, sourcesFor, targetsFor } from '#editor/model/link-choices.ts'
import { lineThatGivesWay } from '#editor/model/ports.ts'
import { labelOf } from '#editor/model/session.ts'
import { typeOfNode } from '#editor/model/step-type.ts'
import { useLanguage } from '#editor/words/use-language.ts'

export interface LinkChoice extends PortPlace {
  readonly value: string
  /** The step, its port where it has several, and what it would be taken from. */
  readonly label: string
}

/** What a port may be joined to, in words. */
export function useLinkChoices({ nodeId, port }: PortPlace, side: 'in' | 'out'): LinkChoice[] {
  const { types } = useSession()
  const { t } = useTranslation()
  const language = useLanguage()
  const document = useDocument((state) => state.document)
  return useMemo(() => {
    const context = { document, types }
    const nameOf = (id: string) => {
      const node = nodeById(document, id)
      return node === undefined ? id : labelOf(node, types, language)
    }
    const portOf = (place: PortPlace) => {
      const ports = typeOfNode(types, nodeById(document, place.nodeId))?.ports[side === 'in' ? 'out' : 'in'] ?? {}
      const several = Object.keys(ports).filter((name) => name !== 'failed').length > 1
      return several ? ` · ${ports[place.port]?.title?.[language] ?? place.port}` : ''
    }
    const labelled = (place: PortPlace): string => {
      const label = `${nameOf(place.nodeId)}${portOf(place)}`
      const into = typeOfNode(types, nodeById(document, place.nodeId))?.ports.in[place.port]
      const taken = side === 'in' ? undefined : lineThatGivesWay(document, into, { target: place.nodeId, targetPort: place.port })
      return taken === undefined ? label : t('outline.links.taken', { label, from: nameOf(taken.source) })
    }
    const places = side === 'in' ? sourcesFor(context, { nodeId, port }) : targetsFor(context, { nodeId, port })
    return places.map((place) => ({ ...place, value: `${place.nodeId}/${place.port}`, label: labelled(place) }))
  }, [document, types, language, t, nodeId, port, side])
}
