/** Where each step's picture stood on the screen, by its id. */
export type Places = ReadonlyMap<string, DOMRect>

/** Steps of the canvas (React Flow's own mark) and of the folded cards. */
const STEPS = '.react-flow__node[data-id] > *, [data-step]'

const idOf = (element: HTMLElement): string | undefined =>
  element.dataset['step'] ?? element.closest<HTMLElement>('.react-flow__node')?.dataset['id']

export const readPlaces = (): Places =>
  new Map(
    [...document.querySelectorAll<HTMLElement>(STEPS)].flatMap((element) => {
      const id = idOf(element)
      return id === undefined ? [] : [[id, element.getBoundingClientRect()] as const]
    }),
  )

/**
 * Lets each step fly from where it stood to where it stands now, so that one sees which became which. A step that was not to be seen
 * appears; whoever wants no motion gets none.
 */
export function flyFrom(places: Places): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  for (const element of document.querySelectorAll<HTMLElement>(STEPS)) {
    const from = places.get(idOf(element) ?? '')
    const to = element.getBoundingClientRect()
    if (from === undefined || to.width === 0 || element.offsetWidth === 0) continue
    // The canvas draws its steps enlarged or reduced: what is moved inside of it is, too.
    const zoom = to.width / element.offsetWidth
    const move = `translate(${(from.left - to.left) / zoom}px, ${(from.top - to.top) / zoom}px)`
    element.animate(
      [
        { transformOrigin: '0 0', transform: `${move} scale(${from.width / to.width}, ${from.height / to.height})` },
        { transformOrigin: '0 0', transform: 'none' },
      ],
      { duration: 320, easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)' },
    )
  }
}
