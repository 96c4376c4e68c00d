import type { Page } from 'playwright-core'

/** What React drew since the last `take`. */
export interface Drawn {
  /** Times that a part inside of the card was drawn, by the step's id; a commit counts once. */
  readonly cards: Readonly<Record<string, number>>
  /** The same of lines, by their ids. */
  readonly lines: Readonly<Record<string, number>>
  /** Commits of React's. */
  readonly commits: number
}

/** Counts what React draws on the canvas; install it before the page is opened. */
export interface RenderCounter {
  /** What was drawn since it was last asked, and begins anew. */
  readonly take: () => Promise<Drawn>
}

/**
 * Listens where React's own developer tools do: after each commit React says which tree it drew, and marks the components that did work.
 * The product is the one that people get; nothing is built into it for this.
 */
export async function countRenders(page: Page): Promise<RenderCounter> {
  await page.addInitScript(installCounter)
  return { take: () => page.evaluate(() => (globalThis as unknown as Counting).takeDrawn()) }
}

interface Counting {
  takeDrawn: () => Drawn
}

interface PageElement {
  getAttribute: (name: string) => string | null
  readonly classList: { contains: (name: string) => boolean }
}

/** The parts of React's tree that the counter reads (stable since React 16; the developer tools depend on them). */
interface Fiber {
  readonly alternate: Fiber | null
  readonly child: Fiber | null
  readonly sibling: Fiber | null
  readonly tag: number
  readonly flags: number
  /** Of a host component its element, which is all that is asked here. */
  readonly stateNode: PageElement | null
}

/** Runs inside of the page: it must hold on to nothing outside of itself. */
function installCounter(): void {
  const PERFORMED_WORK = 1
  const HOST = 5
  const drawn = { cards: {} as Record<string, number>, lines: {} as Record<string, number>, commits: 0 }

  type Place = { kind: 'cards' | 'lines'; id: string } | null
  type Walk = { place: Place; fresh: boolean; found: Set<string> }
  const placeOf = (fiber: Fiber, outside: Place): Place => {
    if (fiber.tag !== HOST || fiber.stateNode === null) return outside
    const id = fiber.stateNode.getAttribute('data-id')
    if (id === null) return outside
    if (fiber.stateNode.classList.contains('react-flow__node')) return { kind: 'cards', id }
    return fiber.stateNode.classList.contains('react-flow__edge') ? { kind: 'lines', id } : outside
  }

  const walk = (first: Fiber | null, { place: outside, fresh, found }: Walk): void => {
    for (let fiber = first; fiber !== null; fiber = fiber.sibling) {
      const place = placeOf(fiber, outside)
      if (fiber.tag !== HOST && place !== null && (fiber.flags & PERFORMED_WORK) !== 0) found.add(`${place.kind}/${place.id}`)
      const isNew = fresh || fiber.alternate === null
      // A child that is the very same was not looked at in this commit, nor anything below it.
      if (isNew || fiber.child !== fiber.alternate?.child) walk(fiber.child, { place, fresh: isNew, found })
    }
  }

  const hook = {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberUnmount: () => undefined,
    onPostCommitFiberRoot: () => undefined,
    onCommitFiberRoot: (_id: number, root: { current: Fiber }) => {
      drawn.commits += 1
      const found = new Set<string>()
      walk(root.current.child, { place: null, fresh: root.current.alternate === null, found })
      for (const name of found) {
        const [kind, ...rest] = name.split('/')
        const counts = kind === 'cards' ? drawn.cards : drawn.lines
        const id = rest.join('/')
        counts[id] = (counts[id] ?? 0) + 1
      }
    },
  }
  Object.assign(globalThis, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: hook,
    takeDrawn: () => {
      const taken = structuredClone(drawn)
      drawn.cards = {}
      drawn.lines = {}
      drawn.commits = 0
      return taken
    },
  })
}
