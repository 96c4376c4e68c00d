import type { Position } from './change.ts'

/** A card or a note as it is drawn: its name, place and size. */
export interface NamedBox extends Position {
  readonly name: string
  readonly width: number
  readonly height: number
}

/** To one edge or middle, or with the same gaps between them. */
export type Arrangement = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom' | 'spreadAcross' | 'spreadDown'

const right = ({ x, width }: NamedBox) => x + width
const bottom = ({ y, height }: NamedBox) => y + height

/** The places of things so that they are in line, or apart by the same gaps; spreading leaves the outermost where they are. */
export function arranged(boxes: readonly NamedBox[], how: Arrangement): Record<string, Position> {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))]
  const [endX, endY] = [Math.max(...boxes.map(right)), Math.max(...boxes.map(bottom))]
  const each = (place: (box: NamedBox) => Partial<Position>) =>
    Object.fromEntries(boxes.map((box) => [box.name, { x: box.x, y: box.y, ...place(box) }]))
  switch (how) {
    case 'left':
      return each(() => ({ x }))
    case 'center':
      return each((box) => ({ x: (x + endX - box.width) / 2 }))
    case 'right':
      return each((box) => ({ x: endX - box.width }))
    case 'top':
      return each(() => ({ y }))
    case 'middle':
      return each((box) => ({ y: (y + endY - box.height) / 2 }))
    case 'bottom':
      return each((box) => ({ y: endY - box.height }))
    case 'spreadAcross': {
      const at = spread(boxes.map(({ name, x: from, width }) => ({ name, from, size: width })))
      return each((box) => ({ x: at.get(box.name) ?? box.x }))
    }
    case 'spreadDown': {
      const at = spread(boxes.map(({ name, y: from, height }) => ({ name, from, size: height })))
      return each((box) => ({ y: at.get(box.name) ?? box.y }))
    }
  }
}

/** Where each begins when all gaps between the first and the last are the same. */
function spread(spans: readonly { name: string; from: number; size: number }[]): Map<string, number> {
  const inOrder = spans.toSorted((a, b) => a.from - b.from || a.from + a.size - (b.from + b.size))
  const start = Math.min(...spans.map(({ from }) => from))
  const end = Math.max(...spans.map(({ from, size }) => from + size))
  const gap = (end - start - spans.reduce((sum, { size }) => sum + size, 0)) / Math.max(1, spans.length - 1)
  let next = start
  return new Map(
    inOrder.map(({ name, size }) => {
      const at = next
      next += size + gap
      return [name, at]
    }),
  )
}
