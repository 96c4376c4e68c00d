/** Where Mantine keeps the chosen scheme: `light`, `dark` or `auto`. */
export const SCHEME_KEY = 'mantine-color-scheme-value'

/**
 * Keeps `data-theme` on the root element like Mantine's own attribute, and sets both before anything is drawn,
 * so that a dark page does not flash white. Our CSP allows no inline script, so this runs first thing in main.tsx.
 */
export function syncColorScheme(root: HTMLElement): void {
  const attribute = 'data-mantine-color-scheme'
  if (!root.hasAttribute(attribute)) root.setAttribute(attribute, chosenScheme())
  const copy = () => root.setAttribute('data-theme', root.getAttribute(attribute) ?? 'light')
  copy()
  new MutationObserver(copy).observe(root, { attributes: true, attributeFilter: [attribute] })
}

function chosenScheme(): 'light' | 'dark' {
  let stored: string | null = null
  try {
    stored = localStorage.getItem(SCHEME_KEY)
  } catch {
    // A browser that forbids storage still gets the scheme of its system.
  }
  if (stored === 'light' || stored === 'dark') return stored
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}
