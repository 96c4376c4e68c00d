import { useTranslation } from 'react-i18next'
import { StackedBar, type BarPart } from '#editor/parts/stacked-bar.tsx'
import { messageColors } from '#editor/parts/state-tones.ts'
import { TOTAL_PARTS, type TotalLine } from './sums.ts'

/** What became of the messages of a line, as parts of a bar. */
export function usePartsOf(): (line: TotalLine) => BarPart[] {
  const { t } = useTranslation()
  return (line) =>
    TOTAL_PARTS.map((key) => ({
      key,
      label: t(`states.message.${key}`),
      count: line.counts[key],
      color: messageColors[key],
    }))
}

/** The bar of one line; as long as its share of the longest one says, so that lines can be compared. */
export function PartsBar({ line, most }: { line: TotalLine; most: number }) {
  const partsOf = usePartsOf()
  const share = most > 0 ? line.messages / most : 0
  return (
    <div style={{ width: `${Math.max(8, share * 100)}%` }}>
      <StackedBar parts={partsOf(line)} height={10} />
    </div>
  )
}
